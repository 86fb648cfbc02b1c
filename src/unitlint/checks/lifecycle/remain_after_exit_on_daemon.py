"""UL611: RemainAfterExit= on a service that is not of Type=oneshot."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole, is_yes
from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

STARTED_AT_ONCE = ("simple", "exec")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for Type=forking, by which init scripts are wrapped that may leave no process behind."""
    remain = unit.last("Service", "RemainAfterExit")
    if remain is None or not is_yes(unit, "Service", "RemainAfterExit") or not is_whole(unit):
        return
    kind = service_type(unit, context.release)
    if kind in ("oneshot", "forking", "idle") or not unit.all("Service", "ExecStart"):
        return
    lines = [unit.last("Service", "Type")]
    restart = unit.last("Service", "Restart")
    if restart is not None and restart.value in ("always", "on-success"):
        lines.append(restart)
        outcome = f"Restart={restart.value} does not start it again after a clean exit"
    elif kind in STARTED_AT_ONCE:
        outcome = "units ordered after it do not wait for its work"
    else:
        return
    related: tuple[tuple[Place, str], ...] = tuple((one, "goes badly with it") for one in lines if one is not None)
    yield Hit(remain, {"type": kind, "outcome": outcome}, related)
