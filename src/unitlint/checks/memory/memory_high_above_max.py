"""UL303: MemoryHigh= above MemoryMax=, so that throttling never comes before the kill."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import INFINITY, comparable, size
from unitlint.units.unit import Unit


def memory_high_above_max(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Sizes are compared with sizes, percentages with percentages; MemoryHigh=infinity means "unset"."""
    for section in CGROUP_SECTIONS:
        high, most = unit.last(section, "MemoryHigh"), unit.last(section, "MemoryMax")
        if high is None or most is None:
            continue
        left, right = _amount(section, high.value), _amount(section, most.value)
        if left is None or right is None or left[0] != right[0] or left[1] == INFINITY:
            continue
        if left[1] > right[1]:
            yield Hit(high, {"MemoryHigh": high.value, "MemoryMax": most.value}, ((most, "the limit is here"),))


def _amount(section: str, text: str) -> tuple[str, float] | None:
    """("size", bytes) or ("percent", number); the two cannot be compared."""
    for sign, factor in (("%", 1.0), ("‰", 0.1), ("‱", 0.01)):
        if text.endswith(sign):
            number = size(text[: -len(sign)])
            return None if number is None else ("percent", number * factor)
    found = comparable(section, "MemoryMax", text)
    return ("size", float(found)) if isinstance(found, float) else None
