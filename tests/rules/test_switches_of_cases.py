"""The cases of the rules with their switches spelt otherwise: no rule reads one word for yes and misses another."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from unitlint.catalogue import lookup
from unitlint.rules.cache import load_folder
from unitlint.rules.folders import built_in_folder, rule_files
from unitlint.rules.model import Rule
from unitlint.testing.rule_cases import cases_of, mistakes_in
from unitlint.values.typed import parse_boolean

_SECTION = re.compile(r"\s*\[(\w+)\]\s*")
_LINE = re.compile(r"(\s*(\w+)\s*=\s*)(\w+)\s*")
SPELLINGS = ({True: "t", False: "f"}, {True: "oN", False: "oFF"}, {True: "1", False: "0"})


def _is_switch(section: str, directive: str) -> bool:
    entry = lookup("unit", section, directive) or {}
    return entry.get("type") in ("bool", "tristate") or bool(entry.get("accepts_bool"))


def respelt(text: str, words: dict[bool, str]) -> str:
    """The unit file with these words for yes and no in place of its own."""
    lines, section = [], ""
    for line in text.split("\n"):
        header, assignment = _SECTION.fullmatch(line), _LINE.fullmatch(line)
        if header:
            section = header[1]
        truth = parse_boolean(assignment[3]) if assignment else None
        if assignment and truth is not None and _is_switch(section, assignment[2]):
            lines.append(assignment[1] + words[truth])
        else:
            lines.append(line)
    return "\n".join(lines)


def _texts(case: str) -> dict[str, str]:
    """The files of a case that can be read as text, by their path below its folder."""
    folder = os.path.dirname(case)
    paths = [Path(case)] if os.path.isfile(case) else [path for path in Path(case).rglob("*") if path.is_file()]
    texts: dict[str, str] = {}
    for path in paths:
        if not path.is_symlink():
            texts[os.path.relpath(path, folder)] = path.read_bytes().decode("utf-8", "surrogateescape")
    return texts


def _cases() -> list[tuple[Rule, str]]:
    rules = load_folder(built_in_folder())
    here = Path(__file__).resolve().parents[2] / "rules"  # in an installed package the links of cases are files
    folders = [os.path.dirname(path) for path in rule_files(str(here))]
    cases = [(rule, case) for rule, folder in zip(rules, folders, strict=True) for case in cases_of(folder)]
    return [
        (rule, case)
        for rule, case in cases
        if any(respelt(text, SPELLINGS[0]) != text for text in _texts(case).values())
    ]


CASES = _cases()


@pytest.mark.parametrize(("rule", "case"), [pytest.param(*case, id=os.path.basename(case[1])) for case in CASES])
def test_a_case_says_the_same_in_every_spelling(rule: Rule, case: str, tmp_path: Path) -> None:
    for number, words in enumerate(SPELLINGS):
        folder = tmp_path / str(number)
        folder.mkdir()
        copy = folder / os.path.basename(case)
        if os.path.isdir(case):
            shutil.copytree(case, copy, symlinks=True)
        else:
            shutil.copy(case, copy)
        for name, text in _texts(case).items():
            (folder / name).write_bytes(respelt(text, words).encode("utf-8", "surrogateescape"))
        assert not mistakes_in(rule, str(copy)), words


def test_there_are_such_cases() -> None:
    assert len(CASES) > 100
