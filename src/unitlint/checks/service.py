"""What several predicates ask of a service."""

from __future__ import annotations

from unitlint.rules.typed import INFINITY, size
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

LIMITS = ("MemoryMax", "MemoryLimit")
CREDENTIALS = frozenset(
    ("Service", f"{how}Credential{form}") for how in ("Load", "Set", "Import") for form in ("", "Encrypted")
)
CGROUP_SECTIONS = ("Service", "Slice", "Scope", "Socket", "Mount", "Swap")


def service_type(unit: Unit, release: int) -> str:
    """Type=, or what systemd takes where it is unset (service.c: service_add_extras)."""
    given = unit.value("Service", "Type")
    if given:
        return given
    if unit.all("Service", "BusName"):
        return "dbus"
    if release >= 257 and not CREDENTIALS.isdisjoint(unit.effective):
        return "exec"
    return "simple" if unit.all("Service", "ExecStart") else "oneshot"


def memory_limit(unit: Unit, units: object = None) -> Assignment | None:
    """The assignment that bounds the unit's memory, its own or that of a slice above it."""
    found = own_limit(unit)
    if found is not None or not hasattr(units, "get"):
        return found
    name = unit.value("Service", "Slice")
    while name.endswith(".slice") and name != "-.slice":
        above: Unit | None = units.get(name)
        if above is not None:
            found = own_limit(above)
            if found is not None:
                return found
        stem, dash, _ = name[: -len(".slice")].rpartition("-")
        name = f"{stem}.slice" if dash else ""
    return None


def own_limit(unit: Unit) -> Assignment | None:
    """MemoryMax= (or the older MemoryLimit=) of the unit itself, if it bounds anything."""
    for section in CGROUP_SECTIONS:
        for directive in LIMITS:
            found = unit.last(section, directive)
            if found is not None and size(found.value) != INFINITY:
                return found
    return None
