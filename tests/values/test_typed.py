"""Values as conditions of rules compare them."""

from __future__ import annotations

import pytest

from unitlint import check_text
from unitlint.values.typed import INFINITY, integer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15", 15),
        ("-5", -5),
        ("0644", 0o644),
        ("0x1f", 31),
        ("0b11", 3),
        ("infinity", INFINITY),
        ("9" * 350, None),
        ("1_0", None),
        ("many", None),
        ("", None),
    ],
    ids=lambda value: str(value)[:12],
)
def test_whole_numbers_in_the_notation_of_c(text: str, number: float | None) -> None:
    assert integer(text) == number


@pytest.mark.parametrize("steps", ["5", "0644", "0x1f"])
def test_a_rule_compares_what_systemd_reads(steps: str) -> None:
    found = check_text(f"[Service]\nExecStart=/usr/bin/a\nRestartSteps={steps}\n", "a.service")
    assert "UL213" in {finding.code for finding in found}
