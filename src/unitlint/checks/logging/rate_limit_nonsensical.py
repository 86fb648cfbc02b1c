"""UL803: rate limits of which one half cancels the other, or that silence a service for hours.

journald takes a zero in either half for "no limit at all" (journald-rate-limit.c: journal_ratelimit_test).
"""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import INFINITY, integer, timespan
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

PAIRS = (
    ("Service", "LogRateLimitIntervalSec", "LogRateLimitBurst"),
    ("Journal", "RateLimitIntervalSec", "RateLimitBurst"),
    ("Journal", "RateLimitInterval", "RateLimitBurst"),
)


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """The finding stands at the half that does nothing, or at an interval longer than the option allows."""
    longest = float(context.options.get("longest-interval", 3600)) * 1_000_000
    for section, interval_name, burst_name in PAIRS:
        interval, burst = unit.last(section, interval_name), unit.last(section, burst_name)
        span = None if interval is None else timespan(interval.value)
        count = None if burst is None else integer(burst.value)
        if interval is not None and burst is not None and _one_is_zero(span, count):
            zero, idle = (interval, burst) if span == 0 else (burst, interval)
            yield _cancelled(idle, zero)
            continue
        if interval is not None and span is not None and span > longest and count != 0:
            how = "for good" if span == INFINITY else f"for the rest of {interval.value}"
            fields = {"problem": f"once the limit is reached, everything is dropped {how}"}
            yield Hit(interval, fields, () if burst is None else ((burst, "the limit"),))


def _one_is_zero(span: float | None, count: float | None) -> bool:
    return span is not None and count is not None and (span == 0) != (count == 0)


def _cancelled(idle: Assignment, zero: Assignment) -> Hit:
    problem = f"it does nothing, because {zero.directive}={zero.value} switches the whole limit off"
    return Hit(idle, {"problem": problem}, ((zero, "switched off here"),))
