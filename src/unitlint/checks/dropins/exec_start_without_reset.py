"""A drop-in that repeats ExecStart= without the empty one before it (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """More than one effective ExecStart=, from different files, in a service that is not oneshot."""
    commands = unit.all("Service", "ExecStart")
    if len(commands) < 2 or unit.value("Service", "Type") == "oneshot":
        return
    first = commands[0]
    for command in commands[1:]:
        if command.document is not first.document:
            yield Hit(command, related=((first, "the unit's own command is still in the list"),))
            return
