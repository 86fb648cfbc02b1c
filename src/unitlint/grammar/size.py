"""Sizes in bytes (parse-util.c: parse_size)."""

from __future__ import annotations

import re

INFINITY = 2**64 - 1
_PART = re.compile(r"\s*(\d+)(?:\.(\d*))?\s*([KMGTPE]?B?|)")
_POWERS = {"": 0, "B": 0, "K": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6}


def parse_size(text: str, base: int = 1024) -> int | None:
    """Bytes; INFINITY for ``infinity``; None where systemd reads no size."""
    if text == "infinity":
        return INFINITY
    total, at, last = 0, 0, 99
    while at < len(text):
        found = _PART.match(text, at)
        if not found or found[3] not in _POWERS or not found[0].strip():
            return None
        power = _POWERS[found[3]]
        if power >= last:
            return None
        last = power
        fraction = int(found[2]) * base**power // 10 ** len(found[2]) if found[2] else 0
        total += int(found[1]) * base**power + fraction
        at = found.end()
    return total if text and total < INFINITY else None
