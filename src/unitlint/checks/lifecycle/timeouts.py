"""UL615 and UL616: timeouts that never come."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import deciding, endless
from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


def endless_stop_timeout(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL615: no timeout at all for the stop.

    The later of TimeoutStopSec= and TimeoutSec= decides; a task without ExecStop= has nothing to stop.
    """
    stop = deciding(unit, "TimeoutStopSec")
    if stop is None or not endless(stop):
        return
    if not unit.all("Service", "ExecStop") and service_type(unit, context.release) == "oneshot":
        return
    yield Hit(stop)


AWAITED = {
    "notify": "READY=1",
    "notify-reload": "READY=1",
    "forking": "the end of the first process",
    "dbus": "the bus name",
}


def endless_start_timeout(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL616: no timeout for a start that waits for a sign.

    Tasks may take as long as they like, and a simple service is up at once.
    """
    kind = unit.last("Service", "Type")
    start = deciding(unit, "TimeoutStartSec")
    if kind is None or start is None or kind.value not in AWAITED or not endless(start):
        return
    related: tuple[tuple[Place, str], ...] = ((kind, "this makes the start wait"),)
    yield Hit(start, {"event": AWAITED[kind.value]}, related)
