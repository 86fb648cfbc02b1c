"""UL904: a drop-in adds to a list that it seems to replace (systemd.unit(5): an empty assignment resets the list)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

TRIGGERS = ("OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar")
LISTENERS = ("ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenFIFO")
FAMILIES = {
    "timer": ("Timer", TRIGGERS, "starts its unit at the times of the unit file, too"),
    "socket": ("Socket", LISTENERS, "still listens where the unit file says, too"),
}
"""Lists that one empty assignment of any of them clears; a timer or socket without one would not load."""
COMMANDS = {"ExecReload": "is reloaded by both commands", "ExecStop": "is stopped by both commands"}


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Where only the drop-in is known, a timer or socket has a list all the same."""
    if unit.type in FAMILIES:
        section, names, outcome = FAMILIES[unit.type]
        yield from _added(unit, section, names, outcome)
    elif unit.type == "service" and unit.has_fragment:
        for name, what in COMMANDS.items():
            yield from _added(unit, "Service", (name,), what)


def _added(unit: Unit, section: str, names: tuple[str, ...], outcome: str) -> Iterator[Hit]:
    """At the first line of a drop-in that comes on top of what the unit file says."""
    base = unit.documents[0] if unit.has_fragment else None
    kept: list[Assignment] = []
    for name in names:
        lines = unit.all(section, name)
        kept += [line for line in lines if line.document is base]
    added = [line for name in names for line in unit.all(section, name) if line.document is not base]
    reset = any(not line.value for name in names for line in unit.assignments.get((section, name), ()))
    if not added or (not kept and (base is not None or reset)):
        return
    related: tuple[tuple[Place, str], ...] = tuple((line, "this holds as well") for line in kept)
    yield Hit(added[0], {"outcome": outcome, "type": unit.type}, related, on_name=True)
