"""Ports of the host that two lines or two Quadlets publish (podman-run(1), --publish)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.quadlet.images import WITHOUT_PORTS
from unitlint.checks.references import references, tree_of
from unitlint.rules.model import Context, Hit, Place, WholeSet
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment

_PUBLISHED = late_pattern(r"(?:(\[[0-9a-fA-F:]*\]|\d{1,3}(?:\.\d{1,3}){3})?:)?(\d{1,5}):(\d{1,5})(?:/(tcp|udp|sctp))?")
ANYWHERE = ("", "0.0.0.0", "[::]")  # noqa: S104 -- compared, never bound


class Published(NamedTuple):
    """A port of the host that a line publishes."""

    protocol: str
    address: str
    port: int
    inside: int

    def meets(self, other: Published) -> bool:
        """Whether both want one port; an address and all addresses have it in common."""
        if (self.protocol, self.port) != (other.protocol, other.port):
            return False
        return self.address == other.address or self.address in ANYWHERE or other.address in ANYWHERE


class _Member(NamedTuple):
    """A Quadlet that wants a port."""

    name: str
    path: str
    port: Published
    excluded: tuple[str, ...]
    tree: str


def twice(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One port of the host for two ports of a container or pod."""
    earlier: list[tuple[Published, Assignment]] = []
    for published, line in _published(unit):
        first = next((known for other, known in earlier if other.meets(published)), None)
        if first is not None and first.value != line.value:
            yield Hit(line, {"port": published.port, "other": first.value}, ((first, "publishes the port too"),))
        earlier.append((published, line))


def _published(unit: Unit) -> Iterator[tuple[Published, Assignment]]:
    """What stands in the file; ranges, and ports that podman chooses, are left out."""
    section = SECTIONS.get(unit.quadlet, "")
    names = [line.value.partition(":")[0] for line in unit.all(section, "Network")]
    if any(name in WITHOUT_PORTS or name.endswith(".container") for name in names):
        return  # quadlet-port-not-published says so
    for line in unit.all(section, "PublishPort"):
        found = _PUBLISHED.fullmatch(line.value)
        if found is not None:
            yield Published(found[4] or "tcp", found[1] or "", int(found[2]), int(found[3])), line


def note(unit: Unit) -> tuple[str, str, str, tuple[tuple[Any, ...], ...], tuple[str, ...]] | None:
    """(tree, path, service, ports, services that it excludes) of a Quadlet that publishes ports."""
    if not unit.quadlet or not unit.has_fragment or unit.masked or "@" in unit.name:
        return None
    if not any(unit.all("Install", name) for name in ("WantedBy", "RequiredBy", "UpheldBy")):
        return None  # started by hand or by another unit, perhaps in turn
    ports = tuple(tuple(published) for published, _ in _published(unit))
    excluded = tuple(reference.name for reference in references(unit, "Conflicts"))
    return (f"{unit.scope}:{tree_of(unit.path)}", unit.path, unit.name, ports, excluded) if ports else None


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the line of the later Quadlet of a tree, by the name of its service; once, however many have the port.

    Where several ports are wanted by many, the tree is a collection to choose from.
    """
    wanted: dict[tuple[str, int], list[_Member]] = {}
    for tree, path, name, ports, excluded in notes:
        for fields in ports:
            published = Published(*fields)
            member = _Member(name, path, published, tuple(excluded), tree)
            wanted.setdefault((tree, published.port), []).append(member)
    clashes = [clash for members in wanted.values() for clash in _clashes(sorted(members))]
    at_once: dict[str, set[str]] = {}
    for tree, _, _, at, _ in clashes:
        at_once.setdefault(tree, set()).add(at)
    told: dict[tuple[str, str], list[tuple[Published, Published]]] = {}
    for tree, path, published, at, other in clashes:
        if len(at_once[tree]) <= MANY:
            told.setdefault((at, path), []).append((other, published))
    for (at, path), both in told.items():
        unit, first = unit_at(at), unit_at(path)
        line = _line_of(unit, both[0][0])
        if line is not None:
            known = [place for _, published in both if (place := _line_of(first, published)) is not None]
            related: tuple[tuple[Place, str], ...] = tuple((place, "publishes it too") for place in known[:MOST_SHOWN])
            file = first.path.replace("\\", "/").rpartition("/")[2]
            yield unit, Hit(line, {"other": file, "ports": _in_words([other for other, _ in both])}, related)


MOST_SHOWN = 5


def _in_words(both: list[Published]) -> str:
    """``port 80``, ``ports 80 and 443``."""
    numbers = list(dict.fromkeys(str(published.port) for published in both))
    if len(numbers) == 1:
        return f"port {numbers[0]}"
    shown = [*numbers[:MOST_SHOWN], "others"] if len(numbers) > MOST_SHOWN else numbers
    return f"ports {', '.join(shown[:-1])} and {shown[-1]}"


MANY = 4
"""More files than this whose port another one has are a catalogue of Quadlets, not those of one host."""


def _clashes(members: list[_Member]) -> Iterator[tuple[str, str, Published, str, Published]]:
    """Tree, file and port of the first, file and port of a later one; each later file once."""
    told: set[str] = set()
    for first, later in combinations(members, 2):
        if first.name == later.name or later.path in told or not first.port.meets(later.port):
            continue
        if later.name not in first.excluded and first.name not in later.excluded:
            told.add(later.path)
            yield first.tree, first.path, first.port, later.path, later.port


def _line_of(unit: Unit, wanted: Published) -> Assignment | None:
    return next((line for published, line in _published(unit) if published == wanted), None)


TWO_QUADLETS = WholeSet(note, conclude)
