"""UL605: a written start limit that RestartSec= keeps from ever being reached."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole, restarts
from unitlint.checks.lifecycle.start_limit import in_words, start_limit
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Only where somebody wrote a limit: that the default one is not reached may be meant."""
    limit = start_limit(unit)
    if limit is None or not is_whole(unit) or not restarts(unit):
        return
    if limit.off is not None or limit.interval == INFINITY or limit.burst * limit.pause < limit.interval:
        return
    at = limit.burst_line or limit.interval_line
    if at is None:
        return
    related: list[tuple[Place, str]] = []
    if limit.interval_line is not None and limit.interval_line is not at:
        related.append((limit.interval_line, "the interval that is looked at"))
    if limit.pause_line is not None:
        related.append((limit.pause_line, "the least time between two starts"))
    fields: dict[str, object] = {
        "burst": f"{limit.burst:g}",
        "interval": in_words(limit.interval),
        "pause": in_words(limit.pause),
        "sum": in_words(limit.burst * limit.pause),
    }
    yield Hit(at, fields, tuple(related))
