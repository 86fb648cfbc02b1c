"""UL314: accounting switched off beside a limit (cgroup.c: unit_get_cgroup_mask, unit_get_memory_current)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

NEEDS = {
    "MemoryAccounting": ("MemoryMax", "MemoryHigh", "MemoryLimit", "MemoryLow", "MemoryMin", "MemorySwapMax"),
    "TasksAccounting": ("TasksMax",),
    "IOAccounting": ("IOReadBandwidthMax", "IOWriteBandwidthMax", "IOReadIOPSMax", "IOWriteIOPSMax"),
}


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A limit of ``infinity`` is none."""
    for section in CGROUP_SECTIONS:
        for name, limits in NEEDS.items():
            accounting = unit.last(section, name)
            if accounting is None or boolean(accounting.value) is not False:
                continue
            for limit in filter(None, (unit.last(section, one) for one in limits)):
                if limit.value != "infinity":
                    fields = {"limit": f"{limit.directive}={limit.value}"}
                    yield Hit(accounting, fields, ((limit, "the limit"),))
                    break
