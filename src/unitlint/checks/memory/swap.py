"""UL312 and UL313: memory limits that swap takes the edge off, and compressed swap where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import size
from unitlint.units.unit import Unit


def unbounded(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At MemoryMax= of a unit of which no line says how much it may swap."""
    for section in CGROUP_SECTIONS:
        limit = unit.last(section, "MemoryMax")
        if limit is not None and limit.value != "infinity" and unit.last(section, "MemorySwapMax") is None:
            yield Hit(limit)


def zswap_without_swap(unit: Unit, _context: Context) -> Iterator[Hit]:
    """zswap.c stores a page only after swap has given it a slot."""
    for section in CGROUP_SECTIONS:
        zswap, swap = unit.last(section, "MemoryZSwapMax"), unit.last(section, "MemorySwapMax")
        if zswap is not None and swap is not None and size(swap.value) == 0 and size(zswap.value) != 0:
            yield Hit(zswap, {}, ((swap, "no swap"),))
