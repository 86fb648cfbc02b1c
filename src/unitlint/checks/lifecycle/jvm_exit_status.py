"""UL620: a JVM whose exit status after SIGTERM counts as a failure."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_lasting, is_whole, program
from unitlint.checks.lifecycle.kill_command import signal_name
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

STATUS = "143"


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only for ``java`` itself, on a service that is stopped by SIGTERM."""
    if not is_whole(unit) or not is_lasting(unit, context) or unit.all("Service", "ExecStop"):
        return
    if signal_name(unit.value("Service", "KillSignal", "SIGTERM")) != "TERM":
        return
    if any(STATUS in line.value.split() for line in unit.all("Service", "SuccessExitStatus")):
        return
    for line, command in commands(unit, context):
        if program(command) == "java":
            yield Hit(line, {}, span=(command.path_start, command.path_end))
