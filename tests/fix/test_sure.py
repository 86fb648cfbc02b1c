"""What counts as another spelling of the same, and what as a guess."""

from __future__ import annotations

import pytest

from unitlint.fix.likeness import MOST_SLIPS, distance, is_sure_name, is_sure_value

NAMES = ("MemoryMax", "MemoryMin", "MemoryHigh", "Restart", "RestartSec", "Nice", "Requires", "Requisite")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("MemroyMax", "MemoryMax"), ("memorymax", "MemoryMax"), ("Require", "Requires"), ("RestartSecs", "RestartSec")],
)
def test_sure_names(word: str, meant: str) -> None:
    assert is_sure_name(word, meant, NAMES)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("MemoryMxn", "MemoryMax"), ("MemoryMaximum", "MemoryMax"), ("Nixx", "Nice"), ("Exec", "ExecStop")],
    ids=["as near to another name", "too far", "short", "cut off"],
)
def test_guessed_names(word: str, meant: str) -> None:
    assert not is_sure_name(word, meant, NAMES)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("1GB", "1G"), ("512 MiB", "512M"), ("onfailure", "on-failure"), ("on-fail", "on-failure"), ("TRUE", "true")],
)
def test_sure_values(word: str, meant: str) -> None:
    assert is_sure_value(word, meant)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("40", "19"),
        ("10MB", "1M"),
        ("50", "50%"),
        ("maybe", "yes"),
        ("~/data", "%h/data"),
        ("bservice", "bservice.service"),
    ],
    ids=["another number", "a digit lost", "a unit added", "another word", "a folder added", "a suffix added"],
)
def test_guessed_values(word: str, meant: str) -> None:
    assert not is_sure_value(word, meant)


def test_neighbours_exchanged_are_one_slip() -> None:
    assert distance("restrat", "restart") == 1
    assert distance("restart", "restart") == 0
    assert distance("a", "abcdef") == MOST_SLIPS + 1
