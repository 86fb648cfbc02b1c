"""RateLimitIntervalSec=0 or RateLimitBurst=0 in journald.conf (journald-rate-limit.c: journal_ratelimit_test)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.grammar.timespan import parse_timespan
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Either directive at zero turns the limit off."""
    for directive in ("RateLimitIntervalSec", "RateLimitInterval", "RateLimitBurst"):
        assignment = unit.last("Journal", directive)
        if assignment is not None and parse_timespan(assignment.value) == 0:
            yield Hit(assignment)
            return
