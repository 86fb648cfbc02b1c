"""UL301: a service that stays running without any bound on its memory."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import memory_limit, service_type
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import header_place
from unitlint.units.unit import Unit


def no_memory_max(unit: Unit, context: Context) -> Iterator[Hit]:
    """Nothing is said of drop-ins alone, masked units, oneshots, or a deliberate MemoryMax=infinity."""
    if not unit.has_fragment or unit.masked or unit.last("Service", "MemoryMax") is not None:
        return
    if service_type(unit, context.release) == "oneshot" or memory_limit(unit, context.units) is not None:
        return
    if not unit.all("Service", "ExecStart"):
        return
    place = header_place(unit, "Service")
    if place is not None:
        yield Hit(place)
