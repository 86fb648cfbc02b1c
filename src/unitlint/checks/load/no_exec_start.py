"""UL202: a service of a type that needs ExecStart= and has none (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import given, load_condition
from unitlint.checks.load.service_facts import commands, has_success_action, service_type
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Where the type is not set, a service without ExecStart= is a oneshot and this is silent."""
    kind, line = service_type(unit, context)
    if kind == "oneshot" or line is None or commands(unit, "ExecStart", context):
        return
    if not commands(unit, "ExecStop", context) and not has_success_action(unit, context):
        return  # UL201 says it
    reset = given(unit, "Service", "ExecStart")
    if reset is None:
        yield Hit(line, {"type": kind})
    else:
        yield Hit(reset, {"type": kind}, ((line, f"this makes it a service of Type={kind}"),), on_name=True)
