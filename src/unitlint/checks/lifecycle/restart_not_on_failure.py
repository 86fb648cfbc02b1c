"""UL602: a Restart= that leaves out the exit with an error."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_lasting, is_whole
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

NARROW = ("on-success", "on-abort", "on-watchdog")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for drop-ins alone, tasks that end, and where RestartForceExitStatus= names the errors."""
    restart = unit.last("Service", "Restart")
    if restart is None or restart.value not in NARROW or not is_whole(unit) or not is_lasting(unit, context):
        return
    forced: Assignment | None = unit.last("Service", "RestartForceExitStatus")
    if forced is None:
        yield Hit(restart)
