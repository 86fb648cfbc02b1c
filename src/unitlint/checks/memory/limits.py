"""UL308: a limit above that of the slice around the unit (kernel: cgroup-v2.rst, limits hold for the whole tree)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.typed import size

LIMITS_OF_SLICES = ("MemoryMax", "MemoryHigh", "TasksMax", "CPUQuota")


def limit_above_slice(unit: Unit, context: Context) -> Iterator[Hit]:
    """``infinity`` in the unit only says that the slice decides."""
    section = unit.type.capitalize()
    above_it = list(slices_above(unit, context))
    for name in LIMITS_OF_SLICES if above_it else ():
        own = unit.last(section, name)
        if own is None or own.value == "infinity":
            continue
        limit = _lower(own, above_it)
        if limit is not None:
            outer, line = limit
            fields = {"slice": outer.name, "limit": line.value}
            yield Hit(own, fields, ((line, "the limit of the slice"),))


def _lower(own: Assignment, slices: list[Unit]) -> tuple[Unit, Assignment] | None:
    for outer in slices:
        line = outer.last("Slice", own.directive)
        if line is not None and above(own.value, line.value):
            return outer, line
    return None


def slices_above(unit: Unit, context: Context) -> Iterator[Unit]:
    """The slices of the checked set that ``unit`` stands in, the nearest first."""
    name = unit.name if unit.type == "slice" else unit.value(unit.type.capitalize(), "Slice")
    if unit.type != "slice" and name in context.units:
        yield context.units[name]
    while "-" in name:
        name = name.rpartition("-")[0] + ".slice"
        if name in context.units:
            yield context.units[name]


SHARES = (("%", 1.0), ("‰", 0.1), ("‱", 0.01))


def amount(text: str) -> tuple[str, float] | None:
    """("size", bytes) or ("percent", number); None for neither."""
    for sign, factor in SHARES:
        if text.endswith(sign):
            try:
                return "percent", float(text[: -len(sign)]) * factor
            except ValueError:
                return None
    found = size(text)
    return None if found is None else ("size", found)


def above(left: str, right: str, *, or_equal: bool = False) -> bool:
    """True where ``left`` is surely more than ``right``: a size against a size, a share against a share."""
    one, other = amount(left), amount(right)
    if one is None or other is None or one[0] != other[0]:
        return False
    return one[1] > other[1] or (or_equal and one[1] == other[1])


def memory_high_above_max(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Sizes are compared with sizes, percentages with percentages; MemoryHigh=infinity means "unset"."""
    for section in CGROUP_SECTIONS:
        high, most = unit.last(section, "MemoryHigh"), unit.last(section, "MemoryMax")
        if high is None or most is None or high.value == "infinity":
            continue
        if above(high.value, most.value, or_equal=True):
            fields = {"MemoryHigh": high.value, "MemoryMax": most.value}
            yield Hit(high, fields, ((most, "the limit is here"),))


LOST_IN = 258


def memory_limit_directive(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding at the deciding MemoryLimit=, with the MemoryMax= beside it if there is one."""
    for section in CGROUP_SECTIONS:
        # What is assigned counts: systemd takes no value of it any more.
        old = next((one for one in reversed(unit.assignments.get((section, "MemoryLimit"), ())) if one.value), None)
        if old is None:
            continue
        new = unit.last(section, "MemoryMax")
        related: tuple[tuple[Place, str], ...] = () if new is None else ((new, "the bound that counts"),)
        lost = context.release >= LOST_IN
        fate = "is ignored since systemd 258" if lost else "is ignored on cgroup v2 once MemoryMax= or the like is set"
        yield Hit(
            old,
            {"fate": fate},
            related,
            "ignored" if lost else None,
            suggestion=f"MemoryMax={old.value}",
            replacement="MemoryMax",
            on_name=True,
        )


LIMITS_OF_MEMORY = ("MemoryMax", "MemoryHigh", "MemoryLimit")


def memory_max_tiny(unit: Unit, context: Context) -> Iterator[Hit]:
    """Zero is no limit that systemd accepts; UL104 speaks of it."""
    smallest = size(str(context.options.get("smallest", "1M"))) or 0
    for section in CGROUP_SECTIONS:
        for name in LIMITS_OF_MEMORY:
            limit = unit.last(section, name)
            bytes_ = None if limit is None else size(limit.value)
            if limit is not None and bytes_ is not None and 0 < bytes_ < smallest:
                amount = f"{bytes_:.0f} bytes" if bytes_ < 1024 else f"{bytes_ / 1024:.0f} KiB"
                yield Hit(limit, {"bytes": amount})


PROTECTIONS = ("MemoryMin", "MemoryLow")

LIMITS_OF_PROTECTION = ("MemoryHigh", "MemoryMax")


def memory_protection_above_limit(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a protection, at the lowest limit that it exceeds; ``infinity`` protects as much as there is."""
    for section in CGROUP_SECTIONS:
        for name in PROTECTIONS:
            protection = unit.last(section, name)
            if protection is None or protection.value == "infinity":
                continue
            for limit in filter(None, (unit.last(section, one) for one in LIMITS_OF_PROTECTION)):
                if above(protection.value, limit.value):
                    fields = {"limit": f"{limit.directive}={limit.value}"}
                    yield Hit(protection, fields, ((limit, "the limit is here"),))
                    break


def limit_rss(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``infinity`` claims nothing, so nothing is said of it."""
    limit = unit.last(unit.type.capitalize(), "LimitRSS")
    if limit is not None and limit.value != "infinity":
        yield Hit(limit)


NEEDS = {
    "MemoryAccounting": ("MemoryMax", "MemoryHigh", "MemoryLimit", "MemoryLow", "MemoryMin", "MemorySwapMax"),
    "TasksAccounting": ("TasksMax",),
    "IOAccounting": ("IOReadBandwidthMax", "IOWriteBandwidthMax", "IOReadIOPSMax", "IOWriteIOPSMax"),
}


def accounting_off_under_limit(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A limit of ``infinity`` is none."""
    for section in CGROUP_SECTIONS:
        for name, limits in NEEDS.items():
            accounting = unit.last(section, name)
            if accounting is None or not unit.is_off(section, name):
                continue
            for limit in filter(None, (unit.last(section, one) for one in limits)):
                if limit.value != "infinity":
                    fields = {"limit": f"{limit.directive}={limit.value}"}
                    yield Hit(accounting, fields, ((limit, "the limit"),))
                    break


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
