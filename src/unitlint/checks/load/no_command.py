"""UL201: a service that has nothing to start and nothing to stop (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import given, load_condition, section_place
from unitlint.checks.load.service_facts import commands, has_success_action
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the assignment that took the commands back or was ignored, else at the section."""
    if commands(unit, "ExecStart", context) or commands(unit, "ExecStop", context) or has_success_action(unit, context):
        return
    yield Hit(given(unit, "Service", "ExecStart", "ExecStop") or section_place(unit, "Service"), on_name=True)
