"""UL619: processes that are never killed."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import deciding, endless, is_whole, is_yes
from unitlint.checks.lifecycle.kill_command import signal_name
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Silent where the stop has no timeout, so that the question never comes up."""
    line = unit.last("Service", "SendSIGKILL")
    if line is None or is_yes(unit, "Service", "SendSIGKILL") or not is_whole(unit):
        return
    signal = signal_name(unit.value("Service", "KillSignal", "SIGTERM"))
    if signal == "KILL" or endless(deciding(unit, "TimeoutStopSec")):
        return
    yield Hit(line, {"signal": f"SIG{signal}"})
