"""LogRateLimitIntervalSec=0 or LogRateLimitBurst=0 (journald-rate-limit.c: journal_ratelimit_test)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.grammar.timespan import parse_timespan
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Either directive at zero turns the limit off."""
    interval = unit.last("Service", "LogRateLimitIntervalSec")
    burst = unit.last("Service", "LogRateLimitBurst")
    if interval is not None and parse_timespan(interval.value) == 0:
        yield Hit(interval)
    elif burst is not None and burst.value.strip("0") == "":
        yield Hit(burst)
