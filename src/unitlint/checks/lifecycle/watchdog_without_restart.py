"""UL608: a watchdog that kills and no restart that follows."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY, timespan
from unitlint.units.unit import Unit

COVERING = ("always", "on-failure", "on-abnormal", "on-watchdog")
ACTIONS = (("Unit", "FailureAction"), ("Service", "FailureAction"), ("Unit", "OnFailure"))


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where the failure is answered in another way, and where the bus or a socket starts the service."""
    watchdog = unit.last("Service", "WatchdogSec")
    if watchdog is None or not is_whole(unit) or timespan(watchdog.value) in (None, 0, INFINITY):
        return
    restart = unit.last("Service", "Restart")
    if restart is not None and restart.value in COVERING:
        return
    if any(unit.value(*action, "none") != "none" for action in ACTIONS) or unit.all(
        "Service", "RestartForceExitStatus"
    ):
        return
    if unit.last("Service", "BusName") is not None or unit.name.replace(".service", ".socket") in context.units:
        return
    related: tuple[tuple[Place, str], ...] = () if restart is None else ((restart, "this leaves the watchdog out"),)
    yield Hit(watchdog, {"restart": "not set" if restart is None else restart.value}, related)
