"""UL208: Type=dbus without a BusName= that systemd takes (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import given, last, load_condition
from unitlint.checks.load.service_facts import service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

SPEAKS_SINCE = 248
"""247 has the condition, but breaks off on an assertion of its own before it comes to it: it says nothing."""


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At Type=dbus, with the BusName= that was ignored or taken back."""
    kind, line = service_type(unit, context)
    if kind != "dbus" or line is None or last(unit, "Service", "BusName", context) is not None:
        return
    bus_name = given(unit, "Service", "BusName")
    related: tuple[tuple[Place, str], ...] = ()
    if bus_name is not None:
        related = ((bus_name, "this name is not taken" if bus_name.value else "this takes the name back"),)
    yield Hit(line, {}, related, "refused" if context.release >= SPEAKS_SINCE else None)
