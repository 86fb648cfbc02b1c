"""Quadlet files that a Quadlet names: volumes, networks, pods and images that other files describe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.quadlet.keys import SECTIONS
from unitlint.quadlet.names import quadlet_type
from unitlint.record import NamedTuple
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.unit import Unit

_SOURCE = re.compile(r"(?:^|,)(?:source|src)=([^,]*)")


class Reference(NamedTuple):
    """The name of a Quadlet file in the value of a line."""

    line: Assignment
    name: str
    start: int


def references(unit: Unit) -> Iterator[Reference]:
    """Every other Quadlet that the unit's own section names (quadlet.go: addNetworks, addVolumes, handlePod…)."""
    section = SECTIONS[unit.quadlet]
    for line in unit.all(section, "Volume"):
        source, colon, _ = line.value.partition(":")
        if colon:
            yield from _of_type(line, source, 0, "volume")
    for line in unit.all(section, "Network"):
        yield from _of_type(line, line.value.partition(":")[0], 0, "network", "container")
    for key, types in (("Pod", ("pod",)), ("Image", ("image", "build"))):
        one = unit.last(section, key) if unit.quadlet != "image" else None
        if one is not None:
            yield from _of_type(one, one.value, 0, *types)
    for line in unit.all(section, "Mount"):
        found = _SOURCE.search(line.value)
        if found is not None:
            yield from _of_type(line, found[1], found.start(1), "volume", "image")


def _of_type(line: Assignment, name: str, start: int, *types: str) -> Iterator[Reference]:
    """A path, or a name that holds a specifier, is no name of a file beside this one."""
    if quadlet_type(name) in types and "/" not in name and "%" not in name and "$" not in name:
        yield Reference(line, name, start)
