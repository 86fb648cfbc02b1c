"""Lines that releases before 243 read in another way."""

from __future__ import annotations

import pytest

from unitlint.syntax.reader import read

RELEASES = (239, 240, 241, 242, 243, 262)
CASES = {
    "a comment inside a continued line": ("A=1\\|# c\\|2", ["1 # c 2", "1 2", "1 2", "1 2", "1 2", "1 2"]),
    "a comment that goes on": ("# c\\|A=1|B=2", ["", "1", "1", "1", "1", "1"]),
    "an empty line inside a continued one": ("A=1\\||2=3", ["1", "1 2=3", "1 2=3", "1 2=3", "1", "1"]),
    "blanks inside a continued line": ("A=1\\|  |2=3", ["1", "1", "1 2=3", "1 2=3", "1", "1"]),
    "an indented comment": (" # c|A=1", ["1", "STOP", "1", "1", "1", "1"]),
    "a line without an equals sign": ("foo|A=1", ["STOP", "STOP", "STOP", "STOP", "1", "1"]),
    "another file that is included": (".include /a|A=1", ["1", "1", "1", "1", "1", "1"]),
    "a carriage return alone": ("A=1\rA=2", ["1\rA=2", "12", "12", "12", "12", "12"]),
    "a carriage return behind a backslash": ("A=1\\\r|=2", ["1\\", "1 =2", "1 =2", "1 =2", "1 =2", "1 =2"]),
    "carriage returns at the ends": ("A=1\r|A=2\r", ["12", "12", "12", "12", "12", "12"]),
    "no name": ("=x|A=1", ["1", "1", "1", "1", "1", "1"]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("number", range(len(RELEASES)), ids=lambda number: str(RELEASES[number]))
def test_case(case: str, number: int) -> None:
    lines, expected = CASES[case]
    document = read("[Unit]\n" + lines.replace("|", "\n") + "\n", "a.service", release=RELEASES[number])
    values = [found.value for found in document.assignments if found.directive == "A"]
    assert ("STOP" if document.refused else "".join(values)) == expected[number]
