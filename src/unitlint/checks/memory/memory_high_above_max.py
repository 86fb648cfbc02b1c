"""UL303: MemoryHigh= at or above MemoryMax=, so that throttling never comes before the kill."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.memory.amounts import above
from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def memory_high_above_max(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Sizes are compared with sizes, percentages with percentages; MemoryHigh=infinity means "unset"."""
    for section in CGROUP_SECTIONS:
        high, most = unit.last(section, "MemoryHigh"), unit.last(section, "MemoryMax")
        if high is None or most is None or high.value == "infinity":
            continue
        if above(high.value, most.value, or_equal=True):
            fields = {"MemoryHigh": high.value, "MemoryMax": most.value}
            yield Hit(high, fields, ((most, "the limit is here"),))
