"""UL618: a stop that begins with SIGKILL."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands
from unitlint.checks.lifecycle.kill_command import killer_words, signal_name, signal_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """KillSignal=, and a first ExecStop= that is a kill of the main process."""
    signal = unit.last("Service", "KillSignal")
    if signal is not None and signal_name(signal.value) == "KILL":
        yield Hit(signal)
    for line, command in list(commands(unit, context, "ExecStop"))[:1]:
        words = killer_words(command)
        if words and signal_of(words) == "KILL" and any("MAINPID" in word for word in words):
            yield Hit(line)
