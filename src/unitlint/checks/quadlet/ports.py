"""Ports of the host that two lines or two Quadlets publish (podman-run(1), --publish)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.ports_taken import Conflict, Spot, conflicts, port_note, taken_before
from unitlint.checks.quadlet.images import WITHOUT_PORTS
from unitlint.rules.model import Context, Hit, Place, WholeSet
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment

_PUBLISHED = late_pattern(r"(?:(\[[0-9a-fA-F:]*\]|\d{1,3}(?:\.\d{1,3}){3})?:)?(\d{1,5}):(\d{1,5})(?:/(tcp|udp|sctp))?")
ANYWHERE = ("", "0.0.0.0", "[::]")  # noqa: S104 -- compared, never bound


def twice(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One port of the host for two ports of a container or pod."""
    for line, first in taken_before(_published(unit)):
        if first.value != line.value:
            fields = {"port": _spot(line)[1], "other": first.value}
            yield Hit(line, fields, ((first, "publishes the port too"),))


def _published(unit: Unit) -> Iterator[tuple[tuple[Spot, ...], Assignment]]:
    """What stands in the file; ranges, and ports that podman chooses, are left out."""
    section = SECTIONS.get(unit.quadlet, "")
    names = [line.value.partition(":")[0] for line in unit.all(section, "Network")]
    if any(name in WITHOUT_PORTS or name.endswith(".container") for name in names):
        return  # quadlet-port-not-published says so
    for line in unit.all(section, "PublishPort"):
        if _PUBLISHED.fullmatch(line.value):
            yield (_spot(line),), line


def _spot(line: Assignment) -> Spot:
    found = _PUBLISHED.fullmatch(line.value)
    assert found is not None  # noqa: S101  # as of every published port
    address = found[1] or ""
    return found[4] or "tcp", int(found[2]), "" if address in ANYWHERE else address


def note(unit: Unit) -> tuple[object, ...] | None:
    """The ports that a Quadlet publishes which is started at boot; others may be started in turn."""
    if not unit.quadlet or not unit.has_fragment or unit.masked or "@" in unit.name:
        return None
    if not any(unit.all("Install", name) for name in ("WantedBy", "RequiredBy", "UpheldBy")):
        return None
    return port_note(unit, [spots for spots, _ in _published(unit)])


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the first line of the later Quadlet of a tree, by the name of its service; once for each other Quadlet.

    Where several ports are wanted by many, the tree is a collection to choose from.
    """
    files: dict[str, set[str]] = {}
    between: dict[tuple[str, str, str], list[Conflict]] = {}
    for conflict in conflicts(notes):
        files.setdefault(conflict.tree, set()).add(conflict.path)
        between.setdefault((conflict.tree, conflict.path, conflict.other_path), []).append(conflict)
    for (tree, path, other_path), found in between.items():
        unit, first = unit_at(path), unit_at(other_path)
        line = _line_of(unit, found[0].spots)
        if line is not None and len(files[tree]) <= MANY:
            known = [place for conflict in found if (place := _line_of(first, conflict.other_spots)) is not None]
            related: tuple[tuple[Place, str], ...] = tuple((place, "publishes it too") for place in known[:MOST_SHOWN])
            file = first.path.replace("\\", "/").rpartition("/")[2]
            yield unit, Hit(line, {"other": file, "ports": _in_words(found)}, related)


MANY = 4
"""More files than this whose port another one has are a catalogue of Quadlets, not those of one host."""
MOST_SHOWN = 5


def _in_words(found: list[Conflict]) -> str:
    """``port 80``, ``ports 80 and 443``."""
    numbers = list(dict.fromkeys(str(conflict.spots[0][1]) for conflict in found))
    if len(numbers) == 1:
        return f"port {numbers[0]}"
    shown = [*numbers[:MOST_SHOWN], "others"] if len(numbers) > MOST_SHOWN else numbers
    return f"ports {', '.join(shown[:-1])} and {shown[-1]}"


def _line_of(unit: Unit, wanted: tuple[Spot, ...]) -> Assignment | None:
    return next((line for spots, line in _published(unit) if spots == wanted), None)


TWO_QUADLETS = WholeSet(note, conclude)
