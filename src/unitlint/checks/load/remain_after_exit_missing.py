"""UL203: a service that only has ExecStop= and would be over at once (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import is_on, last, load_condition
from unitlint.checks.load.service_facts import commands, has_success_action, service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the ExecStop=, with the RemainAfterExit= that says no, if there is one."""
    stops = commands(unit, "ExecStop", context)
    if not stops or commands(unit, "ExecStart", context) or is_on(unit, "Service", "RemainAfterExit", context):
        return
    if has_success_action(unit, context) or service_type(unit, context)[0] != "oneshot":
        return
    remain = last(unit, "Service", "RemainAfterExit", context)
    related: tuple[tuple[Place, str], ...] = () if remain is None else ((remain, "this would have to be yes"),)
    yield Hit(stops[0].assignment, {}, related)
