"""Time spans in microseconds (time-util.c: parse_time)."""

from __future__ import annotations

import re

INFINITY = 2**64 - 1
_SECOND = 1_000_000
_UNITS = {
    **dict.fromkeys(("us", "usec", "µs", "μs"), 1),
    **dict.fromkeys(("ms", "msec"), 1000),
    **dict.fromkeys(("s", "sec", "second", "seconds"), _SECOND),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60 * _SECOND),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 3600 * _SECOND),
    **dict.fromkeys(("d", "day", "days"), 86400 * _SECOND),
    **dict.fromkeys(("w", "week", "weeks"), 7 * 86400 * _SECOND),
    **dict.fromkeys(("M", "month", "months"), 2629800 * _SECOND),
    **dict.fromkeys(("y", "year", "years"), 31557600 * _SECOND),
}
_PART = re.compile(r"\s*(\d+)(?:\.(\d*))?\s*([A-Za-zµμ]*)")


def parse_timespan(text: str, default_unit_usec: int = _SECOND) -> int | None:
    """Microseconds; INFINITY for ``infinity``; None where systemd reads no time span."""
    text = text.strip()
    if text == "infinity":
        return INFINITY
    total, at = 0, 0
    while at < len(text):
        found = _PART.match(text, at)
        if not found or (found[3] and found[3] not in _UNITS):
            return None
        unit = _UNITS[found[3]] if found[3] else default_unit_usec
        fraction = int(found[2]) * unit // 10 ** len(found[2]) if found[2] else 0
        total += int(found[1]) * unit + fraction
        at = found.end()
    return total if text and total < INFINITY else None
