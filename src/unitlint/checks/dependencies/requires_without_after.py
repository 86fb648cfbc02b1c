"""UL703: a requirement of which no order is known (systemd.unit(5), Requires=)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import neighbour, references
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

ORDERED_BY_DEFAULT = ("sysinit.target", "basic.target", "local-fs.target", "dbus.service")
"""Everything is after the first three, and the bus is started by its socket."""
OTHER_RULES = ("network-online.target", "network.target", "nss-lookup.target", "time-sync.target", "rpcbind.target")
"""UL701 and UL717 speak of these."""
STARTING = ("Requires", "BindsTo", "BindTo", "RequiresOverridable")
"""Requisite= starts nothing, so there is no race to lose."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only services and targets are looked at: systemd orders mounts, sockets and devices by itself."""
    if not unit.has_fragment or unit.masked:
        return
    ordered = {one.name for one in references(unit, "After", "Before")}
    default = boolean(unit.value("Unit", "DefaultDependencies", "yes")) is not False
    said: set[str] = set()
    for one in references(unit, *STARTING):
        name = one.name
        if name in ordered or name in said or name == unit.name or name in OTHER_RULES:
            continue
        if not name.endswith((".service", ".target")):
            continue
        if default and (name in ORDERED_BY_DEFAULT or name.startswith("systemd-")):
            continue
        if one.line.directive.startswith("Bind") and neighbour(unit, name, context) is None:
            continue  # often the other unit is after this one, whose life it only shares
        if _ordered_elsewhere(unit, name, ordered, context):
            continue
        said.add(name)
        yield Hit(one.line, {"name": name}, span=one.span)


def _ordered_elsewhere(unit: Unit, name: str, ordered: set[str], context: Context) -> bool:
    """True where the other unit says it, or where a unit in between is after it."""
    other = neighbour(unit, name, context)
    if other is not None and any(one.name == unit.name for one in references(other, "Before", "After")):
        return True
    for between in ordered:
        middle = neighbour(unit, between, context)
        if middle is not None and any(one.name == name for one in references(middle, "After")):
            return True
    return False
