"""Whatever fails in one unit or one rule is an error of the report, and everything else is still checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import unitlint
from unitlint.api import check_paths, check_text
from unitlint.cli.parser import main
from unitlint.engine import dispatch
from unitlint.rules.model import Context, Hit, WholeSet
from unitlint.units import loaded
from unitlint.units.unit import Unit

UNIT = "[Service]\nExecStart=/usr/bin/web\nNice=loud\n"
RULES = ["UL103", "UL301", "UL733"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.service").write_text(UNIT)
    return tmp_path


def places(report: unitlint.Report) -> list[tuple[str, str]]:
    return [(Path(finding.path).name, finding.code) for finding in report.findings]


def breaks(monkeypatch: pytest.MonkeyPatch, code: str, predicate: Any) -> None:
    """Has the rule ``code`` ask ``predicate`` in place of its function."""
    real = dispatch.predicate_of
    monkeypatch.setattr(dispatch, "predicate_of", lambda rule: predicate if rule.code == code else real(rule))


def fails_at_b(unit: Unit, context: Context) -> Iterator[Hit]:
    yield Hit(unit.all("Service", "ExecStart")[0])
    if unit.name == "b.service":
        raise KeyError("\x1b[31m" + "x" * 500)


def test_a_rule_that_fails_in_one_unit(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_paths(tree, select=RULES)
    breaks(monkeypatch, "UL301", fails_at_b)
    report = check_paths(tree, select=RULES)
    # Also what the rule had found before it failed.
    assert [place for place in places(report) if place[1] != "UL733"] == [
        place for place in places(before) if place[1] != "UL733"
    ]
    assert (report.files, report.units) == (3, 3)
    (error,) = report.errors
    assert error.startswith(f"{tree / 'b.service'}: internal error in rule UL301: KeyError: ")
    assert len(error) < 500
    assert "UNITLINT_TRACEBACK=1" in error


def test_a_rule_that_fails_in_a_template(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "b.service").unlink()
    (tree / "b.service.j2").write_text(UNIT + "User={{ user }}\n")
    breaks(monkeypatch, "UL301", fails_at_b)
    report = check_paths(tree, select=RULES)
    assert [error.split(": ")[1] for error in report.errors] == ["internal error in rule UL301"]
    assert ("b.service.j2", "UL103") in places(report)


def test_at_several_releases_it_is_told_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, "UL301", fails_at_b)
    assert len(check_paths(tree, select=RULES, systemd_version="252..257").errors) == 1


def test_a_unit_that_cannot_be_merged(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_paths(tree, select=RULES)
    real = loaded.load

    def load(files: Any, release: int, choice: int = 0, **named: Any) -> Unit:
        if files.name == "b.service":
            raise RecursionError("too deep")
        return real(files, release, choice, **named)

    monkeypatch.setattr(loaded, "load", load)
    report = check_paths(tree, select=RULES)
    assert places(report) == [place for place in places(before) if place[0] != "b.service"]
    assert len(report.errors) == 1
    assert report.errors[0].startswith(f"{tree / 'b.service'}: internal error: RecursionError: too deep")
    assert (report.files, report.units) == (2, 2)


def test_a_rule_about_the_whole_set(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = check_paths(tree, select=RULES)

    def note(unit: Unit) -> str:
        if unit.name == "a.service":
            raise ValueError("no note")
        return unit.name

    def conclude(notes: list[str], unit_at: Any) -> Iterator[tuple[Unit, Hit]]:
        raise ValueError(f"{len(notes)} notes")
        yield

    monkeypatch.setitem(dispatch._whole_sets, "UL733", WholeSet(note, conclude))
    report = check_paths(tree, select=RULES)
    assert [place for place in places(before) if place[1] != "UL733"] == places(report)
    assert [error.partition(" (UNITLINT")[0] for error in report.errors] == [
        f"{tree / 'a.service'}: internal error in rule UL733: ValueError: no note",
        "internal error in rule UL733: ValueError: 2 notes",
    ]


def test_the_status_is_2_and_the_findings_are_shown(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    breaks(monkeypatch, "UL301", fails_at_b)
    assert main(["check", "--isolated", "--select=UL301,UL103", "--output-format=json", str(tree)]) == 2
    output, said = capfd.readouterr()
    assert len(json.loads(output)["findings"]) == 6
    assert f"unitlint: {tree / 'b.service'}: internal error in rule UL301: KeyError" in said
    assert "\x1b" not in said


def test_a_text_of_which_a_rule_fails_is_no_text_without_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, "UL301", fails_at_b)
    with pytest.raises(unitlint.UnitlintError, match="internal error in rule UL301: KeyError"):
        check_text(UNIT, "b.service", select=RULES)


def test_who_looks_for_the_fault_is_shown_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, "UL301", fails_at_b)
    monkeypatch.setenv("UNITLINT_TRACEBACK", "1")
    with pytest.raises(KeyError):
        check_paths(tree, select=RULES)
