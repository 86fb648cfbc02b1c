"""UL302: MemoryLimit=, the name that the memory bound had in cgroup v1."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

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
