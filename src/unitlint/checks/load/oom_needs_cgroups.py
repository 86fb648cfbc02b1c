"""UL220: units watched by systemd-oomd, where no unified cgroup hierarchy is (unit.c: unit_add_oomd_dependencies)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import every, last, load_condition
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the first rule set, else at the ``kill`` that makes systemd-oomd watch the unit."""
    section = unit.type.capitalize()
    rules = every(unit, section, "OOMRules", context)
    if rules:
        yield Hit(rules[0])
        return
    for directive in ("ManagedOOMSwap", "ManagedOOMMemoryPressure"):
        mode = last(unit, section, directive, context)
        if mode is not None and mode.value == "kill":
            yield Hit(mode)
            return
