"""UL308: a limit above that of the slice around the unit (kernel: cgroup-v2.rst, limits hold for the whole tree)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.memory.amounts import above
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

LIMITS = ("MemoryMax", "MemoryHigh", "TasksMax", "CPUQuota")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """``infinity`` in the unit only says that the slice decides."""
    section = unit.type.capitalize()
    above_it = list(_slices_above(unit, context))
    for name in LIMITS if above_it else ():
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


def _slices_above(unit: Unit, context: Context) -> Iterator[Unit]:
    """The slices of the checked set that ``unit`` stands in, the nearest first."""
    name = unit.name if unit.type == "slice" else unit.value(unit.type.capitalize(), "Slice")
    if unit.type != "slice" and name in context.units:
        yield context.units[name]
    while "-" in name:
        name = name.rpartition("-")[0] + ".slice"
        if name in context.units:
            yield context.units[name]
