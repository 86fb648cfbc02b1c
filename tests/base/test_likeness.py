"""What is meant by a misspelt word, what counts as another spelling of the same, and what as a guess."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unitlint.base.likeness import (
    MOST_SLIPS,
    SMALL,
    did_you_mean,
    distance,
    is_only_name,
    is_same_value,
    nearest,
    one_slip_away,
)

NAMES = ("MemoryMax", "MemoryMin", "MemoryHigh", "Restart", "RestartSec", "Nice", "Requires", "Requisite")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("MemroyMax", "MemoryMax"), ("memorymax", "MemoryMax"), ("Require", "Requires"), ("RestartSecs", "RestartSec")],
)
def test_the_only_name_that_can_be_meant(word: str, meant: str) -> None:
    assert is_only_name(word, meant, NAMES)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("MemoryMxn", "MemoryMax"), ("MemoryMaximum", "MemoryMax"), ("Nixx", "Nice"), ("Exec", "ExecStop")],
    ids=["as near to another name", "too far", "short", "cut off"],
)
def test_guessed_names(word: str, meant: str) -> None:
    assert not is_only_name(word, meant, NAMES)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("1GB", "1G"), ("512 MiB", "512M"), ("onfailure", "on-failure"), ("on-fail", "on-failure"), ("TRUE", "true")],
)
def test_other_spellings_of_a_value(word: str, meant: str) -> None:
    assert is_same_value(word, meant)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("40", "19"),
        ("10MB", "1M"),
        ("50", "50%"),
        ("maybe", "yes"),
        ("~/data", "%h/data"),
        ("bservice", "bservice.service"),
        ("1gigabit", "1G"),
    ],
    ids=[
        "another number",
        "a digit lost",
        "a unit added",
        "another word",
        "a folder added",
        "a suffix added",
        "a bit is no byte",
    ],
)
def test_guessed_values(word: str, meant: str) -> None:
    assert not is_same_value(word, meant)


def test_neighbours_exchanged_are_one_slip() -> None:
    assert distance("restrat", "restart") == 1
    assert distance("restart", "restart") == 0
    assert distance("a", "abcdef") == MOST_SLIPS + 1


@pytest.mark.parametrize(
    ("stem", "known", "found"),
    [
        ("ngnix", ["nginx"], ["nginx"]),
        ("backups", ["backup"], ["backup"]),
        ("bakup", ["backup"], ["backup"]),
        ("bacjup", ["backup"], ["backup"]),
        ("log_rotate", ["log-rotate", "logrotate"], ["log-rotate", "logrotate"]),
        ("backup", ["backup"], []),
        ("app1", ["app2", "app", "app11"], []),
        ("app12", ["app21"], []),
        ("mailer", ["sender"], []),
    ],
)
def test_one_slip(stem: str, known: list[str], found: list[str]) -> None:
    names = one_slip_away(stem, ".service", {f"{one}.service" for one in known})
    assert names == [f"{one}.service" for one in found]


def test_large_sets_are_looked_at_less_closely() -> None:
    many = {f"x{number}.service" for number in range(SMALL)} | {"backup.service"}
    assert one_slip_away("bakcup", ".service", many) == ["backup.service"]
    assert one_slip_away("bacup", ".service", many) == []


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("execstart", ["ExecStop", "ExecStart"], "ExecStart"),
        ("Restrat", ["Restart", "RestartSec"], "Restart"),
        ("ipx", ["ipc", "mnt", "net"], None),
        ("anything", [], None),
    ],
    ids=["case", "letters swapped", "short words are soon alike", "nothing known"],
)
def test_nearest(word: str, known: list[str], near: str | None) -> None:
    assert nearest(word, known) == near
    assert did_you_mean(word, known) == (near and f"did you mean `{near}`?")


def test_no_name_is_longer_than_a_units() -> None:
    """Each name one slip away from it would be as long, and there are fifty for each letter."""
    known = ["a" * 70_000 + ".target"]
    assert one_slip_away("a" * 69_999, ".target", known) == []
    assert one_slip_away("grafical", ".target", ["graphical.target", "graficals.target"]) == ["graficals.target"]


STEMS = st.text("ab-_1", min_size=1, max_size=6)


@given(stem=STEMS, known=st.frozensets(STEMS, max_size=8))
@example(stem="a-b", known=frozenset(("a_b", "ab")))
def test_the_quick_look_at_a_frozen_set_changes_nothing(stem: str, known: frozenset[str]) -> None:
    names = frozenset(f"{name}.service" for name in known)
    assert one_slip_away(stem, ".service", names) == one_slip_away(stem, ".service", list(names))
