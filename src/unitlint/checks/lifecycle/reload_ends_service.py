"""UL621: ExecReload= by a signal that ends the program."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_whole
from unitlint.checks.lifecycle.kill_command import killer_words, signal_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

ENDING = ("TERM", "KILL", "INT")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where Restart= starts it again, which makes a reload of the end; SIGQUIT may be a gentle reload."""
    if not is_whole(unit) or unit.value("Service", "Restart") in ("always", "on-success"):
        return
    for line, command in commands(unit, context, "ExecReload"):
        words = killer_words(command)
        if words and signal_of(words) in ENDING and not any(word.startswith("-0") or word == "-l" for word in words):
            fields: dict[str, object] = {"program": words[0].rpartition("/")[2], "signal": f"SIG{signal_of(words)}"}
            yield Hit(line, fields)
