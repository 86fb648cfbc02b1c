"""UL616: no timeout for a start that waits for a sign."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import deciding, endless
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

AWAITED = {
    "notify": "READY=1",
    "notify-reload": "READY=1",
    "forking": "the end of the first process",
    "dbus": "the bus name",
}


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Tasks may take as long as they like, and a simple service is up at once."""
    kind = unit.last("Service", "Type")
    start = deciding(unit, "TimeoutStartSec")
    if kind is None or start is None or kind.value not in AWAITED or not endless(start):
        return
    related: tuple[tuple[Place, str], ...] = ((kind, "this makes the start wait"),)
    yield Hit(start, {"event": AWAITED[kind.value]}, related)
