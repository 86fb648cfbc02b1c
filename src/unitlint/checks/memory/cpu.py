"""CPU quotas that starve the unit or that it can never reach (kernel: cgroup-v2.rst, sched(7))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.words import split_words


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
            if not first.isdecimal() or not (last or first).isdecimal() or len(word.text) > 11:
                return 0
            found.update(range(int(first), min(int(last or first), 8191) + 1))
    return len(found)
