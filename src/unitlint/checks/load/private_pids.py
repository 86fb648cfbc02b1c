"""UL216, UL263, UL264: what a PID namespace of its own cannot be combined with (unit.c: unit_verify_contexts)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import is_on, last, load_condition
from unitlint.checks.load.service_facts import service_type
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


@load_condition
def forking(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL216: the daemon that a forking service leaves behind is not seen from outside."""
    kind, line = service_type(unit, context)
    pids = last(unit, "Service", "PrivatePIDs", context)
    if kind == "forking" and line is not None and pids is not None and is_on(unit, "Service", "PrivatePIDs", context):
        yield Hit(pids, {}, ((line, "the type is set here"),))


@load_condition
def not_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL263: only services have the main process that such a namespace needs."""
    section = unit.type.capitalize()
    pids = last(unit, section, "PrivatePIDs", context)
    if pids is not None and is_on(unit, section, "PrivatePIDs", context):
        yield Hit(pids)


@load_condition
def with_pam(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL264: the PAM session's process would stand outside the namespace."""
    section = unit.type.capitalize()
    pids, pam = last(unit, section, "PrivatePIDs", context), last(unit, section, "PAMName", context)
    if pids is not None and pam is not None and is_on(unit, section, "PrivatePIDs", context):
        yield Hit(pids, {}, ((pam, "PAM is switched on here"),))
