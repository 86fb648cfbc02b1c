"""UL612: ExecStop= of a oneshot service that does not stay active (service.c: service_enter_running)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole, is_yes
from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the first ExecStop=; silent where a timer or path starts the task, for which it may be the clean-up."""
    if not is_whole(unit) or is_yes(unit, "Service", "RemainAfterExit") or not unit.all("Service", "ExecStart"):
        return
    stops = unit.all("Service", "ExecStop")
    if not stops or service_type(unit, context.release) != "oneshot":
        return
    stem = unit.name.rpartition(".")[0]
    if f"{stem}.timer" in context.units or f"{stem}.path" in context.units:
        return
    kind = unit.last("Service", "Type")
    related: tuple[tuple[Place, str], ...] = () if kind is None else ((kind, "ends with its commands"),)
    yield Hit(stops[0], {}, related, on_name=True)
