"""Every rule folder is its own test: what its cases announce is found, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import unitlint
from unitlint.rules.load import built_in_folder, load_rules

RULES = Path(built_in_folder())
EXPECT = re.compile(r"^\s*[#;]\s*expect:\s*(UL\d{3}(?:\s*,\s*UL\d{3})*)\s*$")
RELEASE = re.compile(rb"^# systemd-version: (\S+)$", re.MULTILINE)
FOLDERS = sorted(path.parent for path in RULES.rglob("rule.yaml"))
CASES = sorted(
    path
    for folder in FOLDERS
    for path in folder.iterdir()
    if path.name.startswith(("bad", "good")) and ".fixed." not in path.name
)

GENERATED = {"UL006-line-too-long"}
"""Rules whose bad case is too big to keep; a test of this file makes it."""


def _name(path: Path) -> str:
    return path.relative_to(RULES).as_posix()


def _expected(case: Path, code: str) -> list[tuple[str, int]]:
    """(file, line) of what is announced: the comment stands on the line above."""
    files = [case] if case.is_file() else sorted(path for path in case.rglob("*") if path.is_file())
    found = []
    for file in files:
        if file.name == "expect.txt":  # for files that cannot hold a comment
            places = [line.replace(":", " ").split() for line in file.read_text().splitlines()]
            found += [(str(case / name), int(number)) for name, number, one in places if one == code]
            continue
        lines = file.read_bytes().decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n")
        for number, line in enumerate(lines, 1):
            match = EXPECT.match(line)
            if match:
                found += [(str(file), number + 1) for one in match.group(1).split(",") if one.strip() == code]
    return found


def _options(case: Path) -> dict[str, object]:
    """The settings that a case needs: ``root`` where it is a root tree, known by its etc/systemd, and the release that
    a comment ``# systemd-version: 247`` names, or the last one of a rule that newer ones do not have."""
    options: dict[str, object] = {"root": str(case)} if (case / "etc" / "systemd").is_dir() else {}
    (rule,) = [rule for rule in load_rules() if rule.code == case.parent.name[:5]]
    if rule.until is not None:
        options["systemd_version"] = rule.until
    if case.is_file():
        named = RELEASE.search(case.read_bytes())
        if named:
            options["systemd_version"] = named.group(1).decode()
    return options


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_case(case: Path) -> None:
    code = case.parent.name[:5]
    report = unitlint.check_paths([case], select=[code], profile="strict", respect_gitignore=False, **_options(case))
    assert not report.errors
    assert [(one.path, one.line) for one in report.findings if one.code == code] == _expected(case, code)
    assert case.name.startswith("good") != bool(report.findings)


@pytest.mark.parametrize("folder", FOLDERS, ids=_name)
def test_folder_is_complete(folder: Path) -> None:
    (rule,) = [rule for rule in load_rules() if folder.name == f"{rule.code}-{rule.name}"]
    assert rule.category == folder.parent.name
    assert folder.name in GENERATED or any(path.name.startswith("bad") for path in folder.iterdir()), "no bad case"
    assert any(path.name.startswith("good") for path in folder.iterdir()), "no good case"
    assert len(rule.why.split()) >= 12
    assert len(rule.how_to_fix.split()) >= 5
    assert not rule.message.endswith(".")


def test_codes_and_names_are_unique() -> None:
    rules = load_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


def test_line_too_long() -> None:
    text = "[Unit]\nDescription=" + "x" * (1 << 20) + "\n"
    assert [one.line for one in unitlint.check_text(text, select=["UL006"])] == [2]
