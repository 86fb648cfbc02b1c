"""UL617: ExecStop= sends a gentle signal and systemd a hard one right after (service.c: service_sigchld_event)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_whole
from unitlint.checks.lifecycle.kill_command import killer_words, signal_name, signal_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

SAME_OR_WORSE = ("TERM", "KILL", "0", "CONT")
HARMLESS = ("CONT", "WINCH", "URG")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only where the kill is the last thing ExecStop= does, and KillSignal= is another signal that hurts."""
    lines = list(commands(unit, context, "ExecStop"))
    if not lines or not is_whole(unit) or unit.value("Service", "KillMode") == "none":
        return
    line, command = lines[-1]
    words = killer_words(command)
    if not any("MAINPID" in word for word in words):
        return
    signal = signal_of(words)
    own = unit.last("Service", "KillSignal")
    following = "TERM" if own is None else signal_name(own.value)
    if signal in SAME_OR_WORSE or following in (*HARMLESS, signal):
        return
    related: tuple[tuple[Place, str], ...] = () if own is None else ((own, "sent right after"),)
    fields: dict[str, object] = {
        "signal": f"SIG{signal}",
        "program": words[0].rpartition("/")[2],
        "next": f"SIG{following}",
    }
    yield Hit(line, fields, related)
