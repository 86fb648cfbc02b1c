"""UL318: a memory limit whose kill nothing follows (service.c: service_shall_restart)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

BLIND = ("no", "on-success", "on-abort", "on-watchdog")
"""Values of Restart= that a result of oom-kill does not fall under."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Where Restart= is not written at all, UL601 speaks."""
    limit, restart = unit.last("Service", "MemoryMax"), unit.last("Service", "Restart")
    if limit is None or restart is None or limit.value == "infinity" or restart.value not in BLIND:
        return
    if service_type(unit, context.release) == "oneshot" or unit.all("Service", "RestartForceExitStatus"):
        return
    yield Hit(limit, {"restart": restart.value}, ((restart, "does not cover oom-kill"),))
