"""What looks at many units, or at many lines of one file, at once takes time that grows with their number alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import unitlint
from tests.growth import assert_linear
from unitlint.checks.dependencies.order_graph import cycles
from unitlint.checks.dependencies.order_notes import Note

PRESET = "usr/lib/systemd/system-preset/90-x.preset"


def note(number: int, *after: int, directive: str = "After") -> Note:
    named = (directive, tuple(f"u{other}.service" for other in after))
    return Note(f"u{number}.service", f"u{number}.service", "system:", True, (), (named,))


ORDERINGS: dict[str, Callable[[int, int], Note]] = {
    "pairs": lambda number, _size: note(number, number ^ 1),
    "one ring": lambda number, size: note(number, (number + 1) % size),
    "a chain": lambda number, _size: note(number, number + 1),
    "all after one": lambda number, _size: note(number, 0),
    "rings of ten": lambda number, _size: note(number, number - number % 10 + (number + 1) % 10),
    "targets that pull each other in": lambda number, _size: note(number, number ^ 1, directive="Wants"),
    "far and wide": lambda number, size: note(number, *((number * 7 + step * step) % size for step in range(8))),
}


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_any_ordering(ordering: str) -> None:
    assert_linear(lambda size: list(cycles(ORDERINGS[ordering](number, size) for number in range(size))), 2000)


def test_each_pair_is_a_cycle_of_its_own() -> None:
    found = [{edge.before for edge in cycle} for cycle in cycles(note(number, number ^ 1) for number in range(6))]
    assert sorted(map(sorted, found)) == [[f"u{at}.service", f"u{at + 1}.service"] for at in (0, 2, 4)]


@pytest.mark.parametrize("pattern", ["u{}.service", "u{}*.service", "*{}.service", "u*{}.service", "[u]{}", "?{}"])
def test_presets_of_many_lines(pattern: str) -> None:
    def check(size: int) -> None:
        lines = (f"enable {pattern.format(number)}\ndisable x{number}.service\n" for number in range(size))
        unitlint.check_text("".join(lines), PRESET, select=["UL729"])

    assert_linear(check, 1000)


def test_which_line_of_a_preset_decides() -> None:
    patterns = ("a*.service", "ab.service", "[b]*", "[b]*", "c.service", "*", "d", "c*")
    text = "".join(f"enable {pattern}\n" for pattern in patterns)
    found = unitlint.check_text(text, PRESET, select=["UL729"])
    assert [(place.line, place.related[0].line) for place in found] == [(2, 1), (4, 3), (7, 6), (8, 6)]
