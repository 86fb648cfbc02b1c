"""Timers that elapse at other moments than they look like, and timers that change nothing (systemd.time(7))."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.dependencies.activation import REPEATING, started_by
from unitlint.checks.references import neighbour, references
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
            of_day = f"the hours that it names ({hours})" if hours != "*" else "every hour"
            meaning = f"many times within {number} of {of_day}, and not in between"
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
        related: tuple[tuple[Place, str], ...] = ((line, "the timer that starts the service"),)
        yield Hit(restart, {"timer": unit.name}, related)


ENDS = ("BindsTo", "PartOf", "StopPropagatedFrom", "Conflicts")
"""Dependencies by which a target may become inactive again."""


def starts_target(unit: Unit, context: Context) -> Iterator[Hit]:
    """A target in sight that nothing ends, and a timer that elapses again and again (timer.c: timer_enter_running)."""
    line = unit.last("Timer", "Unit")
    repeats = [found for name in REPEATING for found in unit.all("Timer", name)]
    target = neighbour(unit, started_by(unit), context) if line is not None and repeats else None
    if line is None or target is None or target.type != "target" or not target.has_fragment or target.masked:
        return
    if target.is_on("Unit", "StopWhenUnneeded") or any(target.all("Unit", name) for name in ENDS):
        return
    if not any(_ends(member, target.name) for member in _members(target, context)):
        yield Hit(line, {"name": target.name}, ((repeats[0], "elapses again and again"),))


def _members(target: Unit, context: Context) -> Iterator[Unit]:
    """The units in sight that the target starts."""
    for reference in references(target, "Wants", "Requires", "Upholds"):
        member = neighbour(target, reference.name, context)
        if member is not None:
            yield member


def _ends(member: Unit, target: str) -> bool:
    """Whether the unit stops the target, as its conflict or by a command."""
    lines = (found for (_, directive), found in member.assignments.items() if directive.startswith("Exec"))
    is_stopped = any(target in line.value for line in chain.from_iterable(lines))
    return is_stopped or any(one.name == target for one in references(member, "Conflicts", "PropagatesStopTo"))
