"""Every rule folder is its own test: what its cases announce is found, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import unitlint
from unitlint.rules.cache import load_folder
from unitlint.rules.folders import built_in_folder, rule_files
from unitlint.rules.rule_set import load_rules
from unitlint.testing.rule_cases import cases_of, fixed_files, mistakes_in

HERE = str(Path(__file__).resolve().parents[2] / "rules")
"""The folders of the repository: in an installed package the links of their cases are files."""
FOLDERS = [os.path.dirname(path) for path in rule_files(HERE)]
RULES = dict(zip(FOLDERS, load_folder(built_in_folder()), strict=True))
CASES = [(folder, case) for folder in FOLDERS for case in cases_of(folder)]


def _name(path: object) -> str:
    return os.path.relpath(str(path), HERE)


@pytest.mark.parametrize(("folder", "case"), [pytest.param(*one, id=_name(one[1])) for one in CASES])
def test_case(folder: str, case: str) -> None:
    """The very code of `unitlint test-rules`."""
    assert not mistakes_in(RULES[folder], case)


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_folder_is_complete(folder: str) -> None:
    rule = RULES[folder]
    home = Path(folder)
    assert home.name == f"{rule.code}-{rule.name}"
    assert home.parent.name == rule.category
    names = [os.path.basename(case) for case in cases_of(folder)]
    assert rule.details.no_bad_case or any(name.startswith("bad") for name in names), "no bad case"
    assert any(name.startswith("good") for name in names), "no good case"
    assert any(map(fixed_files, cases_of(folder))) == rule.fixable, "a fixable rule shows what --fix makes of a case"
    assert len(rule.details.why.split()) >= 12
    assert len(rule.details.how_to_fix.split()) >= 5
    assert not rule.details.message.endswith(".")


def test_codes_and_names_are_unique() -> None:
    rules = load_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


def test_line_too_long() -> None:
    text = "[Unit]\nDescription=" + "x" * (1 << 20) + "\n"
    assert [one.line for one in unitlint.check_text(text, select=["UL006"])] == [2]
