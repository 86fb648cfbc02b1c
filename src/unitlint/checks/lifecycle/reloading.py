"""UL621, UL623 and UL624: what a reload does."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_lasting, is_whole, program
from unitlint.checks.lifecycle.kill_command import killer_words, signal_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

ENDING = ("TERM", "KILL", "INT")


def reload_ends_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL621: ExecReload= by a signal that ends the program.

    Silent where Restart= starts it again, which makes a reload of the end; SIGQUIT may be a gentle reload.
    """
    if not is_whole(unit) or unit.value("Service", "Restart") in ("always", "on-success"):
        return
    for line, command in commands(unit, context, "ExecReload"):
        words = killer_words(command)
        if words and signal_of(words) in ENDING and not any(word.startswith("-0") or word == "-l" for word in words):
            fields: dict[str, object] = {"program": words[0].rpartition("/")[2], "signal": f"SIG{signal_of(words)}"}
            yield Hit(line, fields)


GENTLE = ("HUP", "USR1", "USR2")


def reload_does_not_wait(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL623: ExecReload= that is nothing but a kill.

    Silent where another command stands beside the kill, which may check the settings or wait.
    """
    found = list(commands(unit, context, "ExecReload"))
    if len(found) != 1 or not is_whole(unit):
        return
    line, command = found[0]
    words = killer_words(command)
    if words and signal_of(words) in GENTLE:
        yield Hit(line, {"signal": f"SIG{signal_of(words)}"})


RELOADING = (
    "nginx", "haproxy", "apache2", "httpd", "sshd", "named", "unbound", "squid", "syslog-ng", "prometheus",
    "alertmanager", "caddy", "postgres", "dovecot", "bird", "keepalived", "vector",
)  # fmt: skip


def no_reload(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL624: a program known to read its settings again, and no ExecReload=.

    One finding a service.
    """
    if not is_whole(unit) or unit.all("Service", "ExecReload") or not is_lasting(unit, context):
        return
    if unit.value("Service", "Type") == "notify-reload":
        return
    for line, command in commands(unit, context):
        if program(command) in RELOADING and not _is_inetd(unit):
            yield Hit(line, {"program": program(command)}, span=(command.path_start, command.path_end))
            return


def _is_inetd(unit: Unit) -> bool:
    """True for one process a connection, which has nothing to reload."""
    return unit.value("Service", "StandardInput") == "socket"
