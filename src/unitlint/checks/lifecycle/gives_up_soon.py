"""UL606: a start limit that is used up within two seconds."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_lasting, is_whole
from unitlint.checks.lifecycle.start_limit import SECOND, in_words, start_limit
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

AFTER_ERRORS = ("always", "on-failure")
SOON = 2 * SECOND


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where the limit is off, or where restarts are slow enough."""
    restart = unit.last("Service", "Restart")
    if restart is None or restart.value not in AFTER_ERRORS or not is_whole(unit) or not is_lasting(unit, context):
        return
    limit = start_limit(unit)
    if limit is None or limit.off is not None or unit.all("Service", "RestartSteps"):
        return
    time = limit.burst * limit.pause
    if time >= SOON or time >= limit.interval:
        return
    lines = ((limit.pause_line, "the pause"), (limit.interval_line, "the interval"), (limit.burst_line, "the burst"))
    related: tuple[tuple[Place, str], ...] = tuple((line, word) for line, word in lines if line is not None)
    fields: dict[str, object] = {
        "burst": f"{limit.burst:g}",
        "interval": in_words(limit.interval),
        "pause": in_words(limit.pause),
        "time": in_words(time),
    }
    yield Hit(restart, fields, related)
