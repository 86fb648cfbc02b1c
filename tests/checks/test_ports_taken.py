"""Lines and units that want the same port: which one is named, and that many of them take no longer each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import unitlint
from tests.growth import assert_linear
from unitlint.checks.ports_taken import Conflict, PortNote, Spot, conflicts

ANYWHERE, HERE, THERE = ("inet", 80, ""), ("inet", 80, "10.0.0.1"), ("inet", 80, "10.0.0.2")


def note(name: str, *spots: Spot, excluded: tuple[str, ...] = ()) -> PortNote:
    return PortNote("system:", f"/etc/{name}", name, tuple((spot,) for spot in spots), excluded)


def pairs(*notes: PortNote) -> list[tuple[str, str]]:
    return [(found.path[5:], found.other_path[5:]) for found in conflicts(notes)]


def test_all_addresses_meet_each_single_one() -> None:
    assert pairs(note("a", ANYWHERE), note("b", HERE), note("c", THERE)) == [("b", "a"), ("c", "a")]
    assert pairs(note("a", HERE), note("b", THERE), note("c", ANYWHERE)) == [("c", "a")]
    assert pairs(note("a", HERE), note("b", THERE)) == []


def test_another_family_or_port_is_no_conflict() -> None:
    assert pairs(note("a", ANYWHERE), note("b", ("inet6", 80, "")), note("c", ("inet", 81, ""))) == []


def test_what_excludes_each_other_is_passed_over_for_the_next() -> None:
    assert pairs(note("a", HERE), note("b", HERE), note("c", HERE, excluded=("a",))) == [("b", "a"), ("c", "b")]
    assert pairs(note("a", HERE, excluded=("b",)), note("b", HERE)) == []


def test_a_unit_is_in_nobodys_way_twice() -> None:
    assert list(conflicts([note("a", HERE, HERE)])) == []
    assert list(conflicts([note("b", HERE), note("a", HERE)])) == [
        Conflict("system:", "/etc/b", (HERE,), "/etc/a", (HERE,))
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ListenStream=80\nListenStream=10.0.0.1:80\n", [3]),
        ("ListenStream=80\nListenStream=10.0.0.1:80\nBindIPv6Only=ipv6-only\n", []),
        ("ListenStream=10.0.0.1:80\nListenStream=0.0.0.0:80\nListenStream=10.0.0.1:80\n", [3, 4]),
        ("ListenStream=[::1]:80\nListenStream=[::]:80\n", [3]),
        ("ListenStream=[::1]:80\nListenStream=127.0.0.1:80\n", []),
    ],
)
def test_lines_of_one_socket(text: str, lines: list[int]) -> None:
    found = unitlint.check_text(f"[Socket]\n{text}", "x.socket", select=["UL755"])
    assert [finding.line for finding in found] == lines


LINES: dict[str, Callable[[int], str]] = {
    "one port of many addresses": lambda number: f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}:80",
    "many ports": lambda number: str(1 + number),
    "one line again and again": lambda _number: "80",
}


@pytest.mark.parametrize("kind", LINES)
def test_many_lines(kind: str) -> None:
    def check(size: int) -> None:
        text = "".join(f"ListenStream={LINES[kind](number)}\n" for number in range(size))
        unitlint.check_text(f"[Socket]\n{text}", "x.socket", select=["UL755"])

    assert_linear(check, 1000)


def test_many_units_on_one_port() -> None:
    assert_linear(lambda size: list(conflicts([note(f"u{number}", ANYWHERE) for number in range(size)])), 1000)
