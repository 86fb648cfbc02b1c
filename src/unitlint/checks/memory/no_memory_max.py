"""UL301: a service that stays running without any bound on its memory."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_yes
from unitlint.checks.lifecycle.no_restart import looks_like_a_task
from unitlint.checks.memory.container_client import docker_client
from unitlint.checks.service import memory_limit, service_type
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import header_place
from unitlint.units.unit import Unit


def no_memory_max(unit: Unit, context: Context) -> Iterator[Hit]:
    """Nothing is said of drop-ins alone, masked units, what ends by itself, or a deliberate MemoryMax=infinity."""
    if not unit.has_fragment or unit.masked or unit.last("Service", "MemoryMax") is not None:
        return
    kind = service_type(unit, context.release)
    if kind == "oneshot" or not unit.all("Service", "ExecStart") or unit.value("Service", "StandardInput") == "socket":
        return
    if is_yes(unit, "Service", "RemainAfterExit"):
        return
    if kind in ("simple", "exec") and unit.last("Service", "Restart") is None and looks_like_a_task(unit, context):
        return
    if memory_limit(unit, context.units) is not None or docker_client(unit, context) is not None:
        return
    place = header_place(unit, "Service")
    if place is not None:
        yield Hit(place)
