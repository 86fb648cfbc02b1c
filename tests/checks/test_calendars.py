"""Dates that never come, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.growth import assert_linear
from unitlint.api import check_text


@pytest.mark.parametrize("piece", ["9", " ", "a ", "9,", "9-", "Mon "])
def test_what_looks_like_a_date_takes_time_with_its_length(piece: str) -> None:
    def check(size: int) -> None:
        value = f"daily{{{{ often }}}}{piece * (size // len(piece))}x"  # as a plain one it would be ignored
        check_text(f"[Timer]\nOnCalendar={value}\n", "a.timer.j2")

    assert_linear(check, 8_000)
