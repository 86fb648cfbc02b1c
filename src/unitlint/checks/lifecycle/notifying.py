"""Services that tell systemd how they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.lifecycle.killing import killer_words, signal_of
from unitlint.checks.service import NOTIFY_TYPES, SHELLS, is_whole
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command


COVERING = ("always", "on-failure", "on-abnormal", "on-watchdog")
ACTIONS = (("Unit", "FailureAction"), ("Service", "FailureAction"), ("Unit", "OnFailure"))


def watchdog_without_restart(unit: Unit, context: Context) -> Iterator[Hit]:
    """A watchdog that kills and no restart that follows.

    Silent where the failure is answered in another way, and where the bus or a socket starts the service.
    """
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
    related: tuple[tuple[Place, str], ...] = () if restart is None else ((restart, "this does not cover the watchdog"),)
    yield Hit(watchdog, {"restart": "not set" if restart is None else restart.value}, related)


SILENT_PROGRAMS = frozenset((
    "nginx", "lighttpd", "memcached", "vsftpd", "mongod", "supervisord", "cron", "crond", "atd", "thttpd", "mini_httpd",
    "darkhttpd", "webfsd", "ddclient", "autossh", "ssh", "socat", "nc", "ncat", "sleep", "tail",
    "transmission-cli", "docker", "docker-compose",
))  # fmt: skip
"""Programs that never call sd_notify(3)."""
WITHOUT_PROCESSES = ("docker",)
"""What such a client runs is no process of the service, so that NotifyAccess=all lets nobody speak."""
MODULES = ("http.server", "SimpleHTTPServer", "celery", "flask")


def never_sent(unit: Unit, context: Context) -> Iterator[Hit]:
    """Type=notify and a program that has no word for systemd.

    Silent where another process of the service may speak, and for commands that mention the protocol.
    """
    kind = unit.last("Service", "Type")
    if kind is None or kind.value not in NOTIFY_TYPES or not is_whole(unit):
        return
    is_main_alone = _waits_for_main_process(unit) is not None
    for line, command in commands(unit, context.release, "ExecStart"):
        if not is_main_alone and program(command) not in WITHOUT_PROCESSES:
            continue
        words = [word.text for word in command.words]
        module = next((after for word, after in pairwise(words) if word == "-m"), "")
        name = module if module in MODULES else program(command)
        if name == "docker" and words[:1] in (["daemon"], ["-d"]):
            continue  # the daemon itself, as it was called up to 1.11
        if (name in SILENT_PROGRAMS or name in MODULES) and not any("notify" in word.lower() for word in words):
            fields: dict[str, object] = {"program": name, "type": kind.value}
            related: tuple[tuple[Place, str], ...] = ((kind, "this waits for READY=1"),)
            yield Hit(line, fields, related, span=(command.path_start, command.path_end))


def _waits_for_main_process(unit: Unit) -> Assignment | None:
    """The Type= by which systemd waits for READY=1 of the main process alone."""
    kind = unit.last("Service", "Type")
    if kind is None or kind.value not in NOTIFY_TYPES or not is_whole(unit):
        return None
    return kind if unit.value("Service", "NotifyAccess", "main") in ("main", "none") else None


WRAPPERS = ("sudo", "su", "runuser", "timeout", "script", "strace")
"""Programs that start another and wait for its end."""
_FORKS = late_pattern(r"(?<!\|)\|(?!\|)|(?<![&>|])&(?![&>])")
"""A pipe or a background sign, but neither ``||``, ``&&``, ``2>&1`` nor ``&>``."""
SPEAKS_ITSELF = ("exec ", "systemd-notify", "sd_notify", "NOTIFY_SOCKET")


def notify_through_shell(unit: Unit, context: Context) -> Iterator[Hit]:
    """Type=notify with a process in front of the program that would say READY=1.

    At the first word of the command; silent where NotifyAccess= lets other processes speak.
    """
    kind = _waits_for_main_process(unit)
    if kind is None:
        return
    related: tuple[tuple[Place, str], ...] = ((kind, "this waits for the message"),)
    for line, command in commands(unit, context.release, "ExecStart"):
        if program(command) in WRAPPERS or _stays_in_front(command):
            fields: dict[str, object] = {"runner": program(command), "type": kind.value}
            yield Hit(line, fields, related, span=(command.path_start, command.path_end))


def _stays_in_front(command: Command) -> bool:
    """True for ``sh -c`` with a pipe or a program in the background, of which no part takes the shell's place.

    Shells replace themselves by the last command of a list, so ``;`` and ``&&`` prove nothing.
    """
    if program(command) not in SHELLS:
        return False
    words = [word.text for word in command.words]
    script = next((words[at + 1] for at in range(len(words) - 1) if re.fullmatch(r"-[a-z]*c[a-z]*", words[at])), "")
    return not any(word in script for word in SPEAKS_ITSELF) and _FORKS.search(_top_level(script)) is not None


def _top_level(script: str) -> str:
    """The script without what stands in quotes, parentheses and backticks."""
    kept: list[str] = []
    quote, depth = "", 0
    for char in script:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif depth == 0:
            kept.append(char)
    return "".join(kept)


ENDING = ("TERM", "KILL")


def reload_ends_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """ExecReload= by a signal that ends the program.

    Silent where Restart= starts it again, which makes a reload of the end. Whoever writes SIGINT or SIGQUIT may know
    that the program does something gentle then.
    """
    if not is_whole(unit) or unit.value("Service", "Restart") in ("always", "on-success"):
        return
    for line, command in commands(unit, context.release, "ExecReload"):
        words = killer_words(command)
        if words and signal_of(words) in ENDING and not any(word.startswith("-0") or word == "-l" for word in words):
            fields: dict[str, object] = {"program": words[0].rpartition("/")[2], "signal": f"SIG{signal_of(words)}"}
            yield Hit(line, fields)


GENTLE = ("HUP", "USR1", "USR2")


def reload_does_not_wait(unit: Unit, context: Context) -> Iterator[Hit]:
    """ExecReload= that is nothing but a kill.

    Silent where another command stands beside the kill, which may check the settings or wait.
    """
    found = list(commands(unit, context.release, "ExecReload"))
    if len(found) != 1 or not is_whole(unit):
        return
    line, command = found[0]
    words = killer_words(command)
    if words and signal_of(words) in GENTLE:
        yield Hit(line, {"signal": f"SIG{signal_of(words)}"})
