"""Timers that elapse at other moments than they look like, and timers that change nothing (systemd.time(7))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.dependencies.activation import REPEATING, started_by
from unitlint.checks.references import neighbour
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

_TIME = late_pattern(r"(?:^|[\sT])([0-9*,./]+):([0-9*,./]+)(?::([0-9*,./]+))?(?:\s|$)")
_FIXED = late_pattern(r"[0-9]+(?:,[0-9]+)*")
_NAMED_HOURS = late_pattern(r"[0-9]+(?:,[0-9]+)*|(?:[0-9]+|\*)/[0-9]+")
LONGEST_EVENT = 200


def bursts(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Seconds that repeat within one minute, and minutes that are all meant within named hours."""
    for line in unit.all("Timer", "OnCalendar"):
        found = _TIME.search(line.value) if len(line.value) <= LONGEST_EVENT else None
        if found is None:
            continue
        hours, minutes, seconds = found[1], found[2], found[3] or "0"
        if _FIXED.fullmatch(minutes) and ("/" in seconds or seconds == "*"):
            number = "one minute" if "," not in minutes else "these minutes"
            meaning = f"many times within {number} of the hour, and not again before the next one"
        elif minutes == "*" and _NAMED_HOURS.fullmatch(hours) and hours not in ("*/1", "0/1"):
            meaning = "every minute of the hours that it names"
        else:
            continue
        yield Hit(line, {"meaning": meaning}, span=(found.start(1), found.end(3) if found[3] else found.end(2)))


def restarts_anyway(unit: Unit, context: Context) -> Iterator[Hit]:
    """The service of a repeating timer starts itself again as soon as it has ended."""
    service = neighbour(unit, started_by(unit), context)
    restart = None if service is None or not service.has_fragment else service.last("Service", "Restart")
    if restart is None or restart.value not in ("always", "on-success"):
        return
    line = next((line for name in REPEATING for line in unit.all("Timer", name)), None)
    if line is not None:
        related: tuple[tuple[Place, str], ...] = ((line, "starts the service again"),)
        yield Hit(restart, {"timer": unit.name}, related)
