"""What takes a port of the machine, so that nothing else can take it: lines of one unit, and units of one tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from unitlint.base.records import NamedTuple
from unitlint.checks.references import home_of, references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

Spot = tuple[str, int, str]
"""A protocol or family of addresses, a port, and an address of the machine; "" for all addresses."""


class PortNote(NamedTuple):
    """What is kept of a unit that takes ports, in tuples alone."""

    tree: str
    """Tree and manager: units of different trees never run together."""
    path: str
    name: str
    spots: tuple[tuple[Spot, ...], ...]
    """Those of each line, or of each part of it."""
    excluded: tuple[str, ...]
    """Units that never run beside this one."""


def port_note(unit: Unit, spots: Sequence[tuple[Spot, ...]]) -> tuple[object, ...] | None:
    """A PortNote of a unit whose lines take these spots, as a plain tuple; None where it takes none."""
    excluded = tuple([reference.name for reference in references(unit, "Conflicts")])
    return (home_of(unit), unit.path, unit.name, tuple(spots), excluded) if spots else None


class Conflict(NamedTuple):
    """A line, given by its spots, that wants what a line of another unit of the tree has."""

    tree: str
    path: str
    spots: tuple[Spot, ...]
    other_path: str
    other_spots: tuple[Spot, ...]


class _Taken:
    """What is taken, with whoever took it, so that each question costs the same however much it is."""

    def __init__(self) -> None:
        self._at: dict[Spot, list[tuple[int, Any]]] = {}
        self._anywhere: dict[tuple[str, int], list[tuple[int, Any]]] = {}
        self._number = 0

    def add(self, spots: Iterable[Spot], by: Any) -> None:
        self._number += 1
        for spot in spots:
            self._at.setdefault(spot, []).append((self._number, by))
            self._anywhere.setdefault(spot[:2], []).append((self._number, by))

    def first(self, spots: Iterable[Spot], counts: Callable[[Any], bool]) -> Any:
        """The earliest one that counts among those with a spot in common; all addresses have one with each."""
        found = []
        for protocol, port, address in spots:
            if address:
                lists = [self._at.get((protocol, port, host), []) for host in ("", address)]
            else:
                lists = [self._anywhere.get((protocol, port), [])]
            for entries in lists:
                found += [next((entry for entry in entries if counts(entry[1])), None)]
        return min(filter(None, found), key=_number, default=(0, None))[1]


def _number(entry: tuple[int, Any]) -> int:
    return entry[0]


def taken_before(
    lines: Iterable[tuple[tuple[Spot, ...], Assignment]],
) -> Iterator[tuple[Assignment, Assignment]]:
    """Each line of a unit that wants what an earlier one has, with the first such line."""
    taken = _Taken()
    for spots, line in lines:
        earlier: Assignment | None = taken.first(spots, lambda _line: True)
        if earlier is not None:
            yield line, earlier
        taken.add(spots, line)


def conflicts(notes: Iterable[Any]) -> Iterator[Conflict]:
    """Each line that wants what a unit before it, by name, has; one conflict a line."""
    by_tree: dict[str, _Taken] = {}
    for note in sorted([PortNote(*fields) for fields in notes], key=lambda note: (note.name, note.path)):
        taken = by_tree.setdefault(note.tree, _Taken())
        for spots in note.spots:
            found = taken.first(spots, _runs_beside(note))
            if found is not None:
                other, other_spots = found
                yield Conflict(note.tree, note.path, spots, other.path, other_spots)
        for spots in note.spots:
            taken.add(spots, (note, spots))


def _runs_beside(note: PortNote) -> Callable[[tuple[PortNote, object]], bool]:
    excluded = frozenset(chain(note.excluded, (note.name,)))

    def counts(found: tuple[PortNote, object]) -> bool:
        return found[0].name not in excluded and note.name not in found[0].excluded

    return counts
