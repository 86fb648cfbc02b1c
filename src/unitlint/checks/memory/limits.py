"""Limits of memory and CPU that do not do what they seem to (kernel: cgroup-v2.rst)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.whole_numbers import is_whole_number
from unitlint.checks.service import CGROUP_SECTIONS, memory_limit
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.typed import integer, size
from unitlint.values.words import split_words

LIMITS_OF_SLICES = ("MemoryMax", "MemoryHigh", "TasksMax", "CPUQuota")


def limit_above_slice(unit: Unit, context: Context) -> Iterator[Hit]:
    """A limit above that of a slice; ``infinity`` in the unit only says that the slice decides."""
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


LOST_IN = 258


def memory_limit_directive(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding at the deciding MemoryLimit=, with the MemoryMax= beside it if there is one."""
    for section in CGROUP_SECTIONS:
        # What is assigned counts: systemd takes no value of it any more.
        old = next((one for one in reversed(unit.assignments.get((section, "MemoryLimit"), ())) if one.value), None)
        if old is None:
            continue
        new = unit.last(section, "MemoryMax")
        related: tuple[tuple[Place, str], ...] = () if new is None else ((new, "the limit that takes effect"),)
        lost = context.release >= LOST_IN
        fate = "systemd ignores it "
        fate += "since 258" if lost else "from 258 on" if new is None else "on cgroup v2, because MemoryMax= is set"
        yield Hit(
            old,
            {"fate": fate},
            related,
            "ignored" if lost else None,
            suggestion=f"Write MemoryMax={old.value}.",
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


def unbounded(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At MemoryMax= of a unit of which no line says how much it may swap."""
    for section in CGROUP_SECTIONS:
        limit = unit.last(section, "MemoryMax")
        if limit is not None and limit.value != "infinity" and unit.last(section, "MemorySwapMax") is None:
            yield Hit(limit)


EXTREME = -1000
"""From here on oom-score-adjust-extreme speaks."""


SHIPPED_SLICES = frozenset(("-.slice", "system.slice", "user.slice", "machine.slice"))
"""Slices of systemd's own (systemd.special(7)), which limit nothing."""


def oom_score_negative_without_limit(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for drop-ins alone: the limit may stand in the unit they belong to."""
    adjust = unit.last("Service", "OOMScoreAdjust")
    if adjust is None or not unit.has_fragment or unit.masked or unit.scope == "user":
        return
    score = integer(adjust.value)
    if score is None or not EXTREME < score <= int(context.options.get("threshold", -300)):
        return
    if memory_limit(unit, context.units) is not None:
        return
    own_slice = unit.value("Service", "Slice")
    is_unseen = own_slice != "" and own_slice not in context.units and own_slice not in SHIPPED_SLICES
    but = f"MemoryMax= is not set, unless {own_slice} sets it" if is_unseen else "nothing limits what it uses itself"
    yield Hit(adjust, {"value": adjust.value, "but": but})


def quota_starves(unit: Unit, context: Context) -> Iterator[Hit]:
    """A quota below the option's share of one CPU."""
    smallest = float(context.options.get("smallest", 5))
    for section in CGROUP_SECTIONS:
        line = unit.last(section, "CPUQuota")
        share = None if line is None else _percent(line.value)
        if line is not None and share is not None and 0 < share < smallest:
            yield Hit(line, {"run": f"{share:g}ms", "wait": f"{100 - share:g}ms"})


def quota_above_cpus(unit: Unit, _context: Context) -> Iterator[Hit]:
    """More time than the CPUs that the unit may use have."""
    for section in CGROUP_SECTIONS:
        line = unit.last(section, "CPUQuota")
        share = None if line is None else _percent(line.value)
        if line is None or share is None:
            continue
        for name in ("AllowedCPUs", "CPUAffinity"):
            count = _cpus(unit.all(section, name))
            if count and share > count * 100:
                allowed = unit.all(section, name)[-1]
                yield Hit(line, {"cpus": allowed.directive, "most": f"{count * 100}%"}, ((allowed, "only these"),))
                break


def _percent(text: str) -> float | None:
    try:
        return float(text.removesuffix("%")) if text.endswith("%") else None
    except ValueError:
        return None


def _cpus(lines: tuple[Assignment, ...]) -> int:
    """How many CPUs lists such as ``0-3 6,8`` name; 0 where that cannot be told."""
    found: set[int] = set()
    for line in lines:
        for word in split_words(line.value.replace(",", " ")):
            first, _, last = word.text.partition("-")
            if not is_whole_number(first) or not is_whole_number(last or first) or len(word.text) > 11:
                return 0
            found.update(range(int(first), min(int(last or first), 8191) + 1))
    return len(found)
