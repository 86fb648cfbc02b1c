"""One reader for whole numbers in text from elsewhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.base.whole_numbers import HUGE, MOST_DIGITS, is_whole_number, number_of_digits, whole_number

SOURCES = Path(__file__).parents[2] / "src" / "unitlint"


@pytest.mark.parametrize("text", ["", "²", "1²", "٣", "-1", "+1", " 1", "1_0", "0x1", "1.0", "\ud800"])
def test_only_ascii_digits_are_a_number(text: str) -> None:
    assert whole_number(text) is None
    assert not is_whole_number(text)
    with pytest.raises(ValueError, match="not a whole number"):
        number_of_digits(text)


@given(st.integers(0, 10**MOST_DIGITS - 1), st.integers(0, 6000))
def test_numbers_are_read(number: int, zeros: int) -> None:
    assert whole_number("0" * zeros + str(number)) == number


@pytest.mark.parametrize("digits", [MOST_DIGITS + 1, 4301, 100_000])
def test_a_number_of_many_digits_is_larger_than_any_limit(digits: int) -> None:
    assert whole_number("9" * digits) == HUGE


def test_nobody_asks_what_is_a_digit_elsewhere() -> None:
    asked = {
        f"{path.relative_to(SOURCES)}:{node.lineno}"
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric")
    }
    # The second is what a pattern of Python means by \d.
    assert {place.partition(":")[0] for place in asked} == {"base/whole_numbers.py", "rules/characters.py"}
