"""UL307: more memory protected than the unit may ever have (kernel: cgroup-v2.rst, memory.min and memory.low)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.memory.amounts import above
from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

PROTECTIONS = ("MemoryMin", "MemoryLow")
LIMITS = ("MemoryHigh", "MemoryMax")


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a protection, at the lowest limit that it exceeds; ``infinity`` protects as much as there is."""
    for section in CGROUP_SECTIONS:
        for name in PROTECTIONS:
            protection = unit.last(section, name)
            if protection is None or protection.value == "infinity":
                continue
            for limit in filter(None, (unit.last(section, one) for one in LIMITS)):
                if above(protection.value, limit.value):
                    fields = {"limit": f"{limit.directive}={limit.value}"}
                    yield Hit(protection, fields, ((limit, "the limit is here"),))
                    break
