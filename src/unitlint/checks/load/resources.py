"""UL268: CPUSchedulingPriority= at odds with the policy so far (load-fragment.c: config_parse_exec_cpu_sched_prio)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.numbers import parse_integer

REAL_TIME = ("fifo", "rr", "1", "2")
"""The policies with priorities from 1 to 99; the others have 0 alone."""


def scheduling_priority(unit: Unit, context: Context) -> Iterator[Hit]:
    """Every priority that the policy above it does not have; silent for drop-ins alone."""
    if not unit.has_fragment:
        return
    section = unit.type.capitalize()
    policy = None
    for document in unit.documents:
        for assignment in document.assignments:
            if assignment.section != section or not unit.takes(assignment):
                continue
            if assignment.directive == "CPUSchedulingPolicy":
                policy = assignment if assignment.value else None
            elif assignment.directive == "CPUSchedulingPriority":
                real_time = policy is not None and policy.value in REAL_TIME
                number = parse_integer(assignment.value)
                if number is not None and (number > 0) != real_time:
                    name = policy.value if policy is not None else "other"
                    related = ((policy, "the policy is set here"),) if policy is not None else ()
                    yield Hit(assignment, {"policy": name}, related)


@load_condition
def oom_needs_cgroups(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the first rule set, else at the ``kill`` that makes systemd-oomd watch the unit."""
    section = unit.type.capitalize()
    rules = unit.all(section, "OOMRules")
    if rules:
        yield Hit(rules[0])
        return
    for directive in ("ManagedOOMSwap", "ManagedOOMMemoryPressure"):
        mode = unit.last(section, directive)
        if mode is not None and mode.value == "kill":
            yield Hit(mode)
            return
