"""UL623: ExecReload= that is nothing but a kill."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_whole
from unitlint.checks.lifecycle.kill_command import killer_words, signal_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

RELOADING = ("HUP", "USR1", "USR2")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where another command stands beside the kill, which may check the settings or wait."""
    found = list(commands(unit, context, "ExecReload"))
    if len(found) != 1 or not is_whole(unit):
        return
    line, command = found[0]
    words = killer_words(command)
    if words and signal_of(words) in RELOADING:
        yield Hit(line, {"signal": f"SIG{signal_of(words)}"})
