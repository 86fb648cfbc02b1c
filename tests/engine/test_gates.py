"""What keeps rules from being asked of units loses no finding: asked of every unit, they find the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from unitlint.catalogue import QUADLET_TYPES
from unitlint.engine import run
from unitlint.files.gather import discovered
from unitlint.files.root_tree import RootTree
from unitlint.rules.model import Rule
from unitlint.rules.rule_set import load_rules
from unitlint.settings.model import Settings

GATE_IS_CONDITION = {"UL905", "UL907"}
"""Rules that find something wherever they are asked: what the gate names is all that they are about."""
EVERYTHING = Settings(respect_gitignore=False)


def findings(rules: Iterable[Rule], paths: list[str], release: int, root: str | None = None) -> Counter[object]:
    settings = EVERYTHING._replace(root=root)
    report = run.run(
        discovered(paths, settings), rules, [release], root=None if root is None else RootTree(root), ignores=False
    )
    assert report.errors == ()
    # What Podman's generator adds to a service is no reason to ask a rule: nobody wrote it.
    written = [finding for finding in report.findings if not finding.path.endswith(tuple(QUADLET_TYPES))]
    return Counter(
        (finding.code, finding.path, finding.line, finding.column, finding.unit, finding.message) for finding in written
    )


def deciding() -> list[Rule]:
    """The rules that decide something themselves."""
    return [
        rule
        for rule in load_rules()
        if (rule.check or rule.details.match or rule.details.require) and rule.code not in GATE_IS_CONDITION
    ]


def without_gates(rules: Iterable[Rule]) -> list[Rule]:
    """The same rules, to be asked of every unit of their types."""
    return [rule._replace(directives=(), objections=(), contains=(), value_contains=()) for rule in rules]


def lost(paths: list[str], release: int, root: str | None = None) -> list[object]:
    rules = deciding()
    gated = findings(rules, paths, release, root)
    everywhere = findings(without_gates(rules), paths, release, root)
    assert gated or root is not None
    return [*(everywhere - gated), *(gated - everywhere)]


def cases(repository: Path) -> list[str]:
    """The units of the cases of all rules; those in folders are trees of their own."""
    found = sorted(path for path in (repository / "rules").glob("*/*/*") if path.is_file() and path.suffix != ".yaml")
    return [str(path) for path in found if path.name.startswith(("bad", "good"))]


@pytest.mark.parametrize("release", [247, 262])
def test_in_the_cases_of_the_rules(repository: Path, release: int) -> None:
    assert lost(cases(repository), release) == []


def test_in_the_cases_that_are_root_trees(repository: Path) -> None:
    trees = sorted(path.parent.parent for path in (repository / "rules").glob("*/*/*/etc/systemd"))
    assert trees
    for tree in trees:
        assert lost([str(tree)], 262, str(tree)) == [], tree


@pytest.mark.parametrize(("folder", "release"), [("field/units", 252), ("corpus", 262)])
def test_in_units_of_other_people(shared: Path, folder: str, release: int) -> None:
    assert lost([str(shared / folder)], release) == []


def test_rules_whose_gate_is_their_condition_have_a_gate() -> None:
    rules = {rule.code: rule for rule in load_rules()}
    for code in GATE_IS_CONDITION:
        assert rules[code].objections, f"{code} is asked of every unit and needs no place in this list"
