"""How a service is stopped and killed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import SHELLS, deciding, endless, is_whole
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import OPAQUE
from unitlint.units.commands import commands, known_commands, program
from unitlint.units.service import other_user, service_type
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command


SAME_OR_WORSE = ("TERM", "KILL", "0", "CONT", "STOP", "TSTP")
"""Signals after which it does not matter that another one follows: a process that is stopped does nothing at all."""
HARMLESS = ("CONT", "WINCH", "URG")


def stop_by_kill(unit: Unit, context: Context) -> Iterator[Hit]:
    """ExecStop= sends a gentle signal and systemd a hard one right after (service.c: service_sigchld_event).

    Only where the kill is the last thing ExecStop= does, and KillSignal= is another signal that hurts.
    """
    lines = list(commands(unit, context.release, "ExecStop"))
    words = killer_words(lines[-1][1]) if lines else []
    if not any("MAINPID" in word for word in words):
        return
    line = lines[-1][0]
    if not is_whole(unit) or unit.value("Service", "KillMode") == "none":
        return
    signal = signal_of(words)
    if OPAQUE in signal:
        return
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


_TYPING = {
    "tmux": (r"\btmux\b", r"\bsend(?:-keys)?\b"),
    "screen": (r"\bscreen\b", r"-X\b", r"\bstuff\b"),
}
"""What follows each other in a command by which these programs type something; each part is looked for once."""
_WAITS = late_pattern(r"\b(?:sleep|while|until|wait|tail|timeout|inotifywait)\b")


def stop_by_keys(unit: Unit, context: Context) -> Iterator[Hit]:
    """The last ExecStop= types a command into tmux or screen, and nothing waits for what comes of it."""
    lines = list(commands(unit, context.release, "ExecStop"))
    following = signal_name(unit.value("Service", "KillSignal", "SIGTERM"))
    if not lines or not is_whole(unit) or following in HARMLESS or unit.value("Service", "KillMode") == "none":
        return
    line, command = lines[-1]
    text = " ".join([command.path, *(word.text for word in command.words)])
    program = next((name for name, parts in _TYPING.items() if _follow_each_other(parts, text)), None)
    if program is not None and _WAITS.search(text) is None:
        yield Hit(line, {"program": program, "next": f"SIG{following}"})


def _follow_each_other(parts: Iterable[str], text: str) -> bool:
    end = 0
    for part in parts:
        found = re.compile(part).search(text, end)
        if found is None:
            return False
        end = found.end()
    return True


def kill_signal_kill(unit: Unit, context: Context) -> Iterator[Hit]:
    """A stop that begins with SIGKILL.

    KillSignal=, and a first ExecStop= that is a kill of the main process.
    """
    signal = _killing(unit)
    if signal is not None and _accepting(unit) is None:
        yield Hit(signal)
    for line, command in list(commands(unit, context.release, "ExecStop"))[:1]:
        words = killer_words(command)
        if words and signal_of(words) == "KILL" and any("MAINPID" in word for word in words):
            yield Hit(line)


def kill_accepted(unit: Unit, _context: Context) -> Iterator[Hit]:
    """KillSignal=SIGKILL beside a SuccessExitStatus= that counts the end by it as a clean one: this is meant."""
    signal, accepting = _killing(unit), _accepting(unit)
    if signal is not None and accepting is not None:
        yield Hit(signal, {}, ((accepting, "so that no stop counts as a failure"),))


def _killing(unit: Unit) -> Assignment | None:
    signal = unit.last("Service", "KillSignal")
    return signal if signal is not None and signal_name(signal.value) == "KILL" else None


def _accepting(unit: Unit) -> Assignment | None:
    """The line by which SIGKILL counts as a clean end; a number there is an exit status."""
    for line in unit.all("Service", "SuccessExitStatus"):
        if any(word.isalpha() and signal_name(word) == "KILL" for word in line.value.split()):
            return line
    return None


def send_sigkill_no(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Processes that are never killed.

    Silent where the stop has no timeout, so that the question never comes up.
    """
    line = unit.last("Service", "SendSIGKILL")
    if line is None or unit.is_on("Service", "SendSIGKILL") or not is_whole(unit):
        return
    signal = signal_name(unit.value("Service", "KillSignal", "SIGTERM"))
    if signal == "KILL" or endless(deciding(unit, "TimeoutStopSec")):
        return
    yield Hit(line, {"signal": f"SIG{signal}"})


SHARED_USERS = ("nobody", "daemon", "www-data", "apache", "http", "nginx")
"""Users of several services (see also UL111)."""
BY_NAME = ("pkill", "killall")
NARROWING = ("-P", "--parent", "-F", "--pidfile", "-s", "--session", "-g", "--pgroup", "--cgroup")


def kill_by_name(unit: Unit, context: Context) -> Iterator[Hit]:
    """ExecStop= and ExecReload= that go by the name of a process.

    Silent where pkill is told to look only below a process or into a pid file, in a unit that starts nothing (what
    it stops is no process of its own), and where a user of its own may signal no other processes (kill(2)).
    """
    if not unit.all("Service", "ExecStart"):
        return
    for directive in ("ExecStop", "ExecReload"):
        for line, command in commands(unit, context.release, directive):
            words = killer_words(command)
            if not words or words[0].rpartition("/")[2] not in BY_NAME:
                continue
            if words[0].endswith("pkill") and any(word.partition("=")[0] in NARROWING for word in words[1:]):
                continue
            is_alone = "@" not in unit.name and _user_of_its_own(unit)
            if is_alone and not set(command.prefixes) & set("+!"):
                continue
            if any("%i" in word.lower() for word in words[1:]):
                continue  # the name holds that of the instance
            yield Hit(line, {"program": words[0].rpartition("/")[2]})


def _user_of_its_own(unit: Unit) -> bool:
    """True where the commands run as a user that other services hardly share."""
    user = other_user(unit)
    return user is not None and user.value not in SHARED_USERS


_ANSWERS = ("-l", "-L", "--list", "--table", "-V", "--version", "--help", "-h")
"""Options with which kill(1) signals nothing."""


def kill_without_process(unit: Unit, context: Context) -> Iterator[Hit]:
    """``kill -HUP`` with nothing behind it prints how it is used and fails, and so does the reload or stop."""
    for line, command in commands(unit, context.release):
        words = killer_words(command)
        if not words or words[0].rpartition("/")[2] != "kill" or any(word in _ANSWERS for word in words):
            continue
        takes_signal = [at + 1 for at, word in enumerate(words) if word in TAKE_SIGNAL]
        operands = [word for at, word in enumerate(words[1:], 1) if at not in takes_signal and not _is_option(word)]
        if not operands and not command.tolerant:
            yield Hit(line, {"command": " ".join(words)}, span=(command.path_start, command.end))


def _is_option(word: str) -> bool:
    """``-HUP`` and ``-9``; a negative number behind ``--`` would be a group of processes."""
    return word.startswith("-") and word != "--"


TAKE_SIGNAL = ("-s", "--signal", "-n")
KILLERS = ("kill", "pkill", "killall", "skill")
_SIGNAL = late_pattern(r"-(?:s?[A-Z][A-Z0-9]+|\d+)")
_NO_WORDS = late_pattern(r"[;|&<>`\n]")
NUMBERS = {"1": "HUP", "2": "INT", "3": "QUIT", "6": "ABRT", "9": "KILL", "10": "USR1", "12": "USR2", "15": "TERM"}


def killer_words(command: Command) -> list[str]:
    """``[/bin/kill, -HUP, $MAINPID]`` of a kill, be it in ``sh -c``; empty for everything else."""
    name = program(command)
    if name not in KILLERS and name not in SHELLS:
        return []  # as most commands
    words = [command.path, *(word.text for word in command.words)]
    if name in SHELLS and len(words) == 3 and words[1] == "-c":
        if _NO_WORDS.search(words[2]):
            return []
        words = words[2].split()
        if words[:1] == ["exec"]:
            words = words[1:]
    return words if words and words[0].rpartition("/")[2] in KILLERS else []


def signal_of(words: list[str]) -> str:
    """``HUP`` of ``kill -HUP``, ``-1``, ``-s SIGHUP`` or ``--signal=HUP``; TERM where none is named."""
    for at, word in enumerate(words[1:], 1):
        name = None
        if word in TAKE_SIGNAL and at + 1 < len(words):
            name = words[at + 1]
        elif word.startswith("--signal="):
            name = word.partition("=")[2]
        elif _SIGNAL.fullmatch(word):
            name = word[1:].removeprefix("s") if word[1:2] == "s" else word[1:]
        if name is not None:
            return signal_name(name)
    return "TERM"


def signal_name(text: str) -> str:
    """``QUIT`` of ``SIGQUIT``, ``quit`` and ``3``."""
    name = text.strip().upper().removeprefix("SIG")
    return NUMBERS.get(name, name)


def endless_stop_timeout(unit: Unit, context: Context) -> Iterator[Hit]:
    """A stop timeout of 0, which reads like "at once" and means "never"; who writes infinity means that.

    The later of TimeoutStopSec= and TimeoutSec= decides. A task has nothing to stop, or does so at length, and so has
    a command such as modprobe that leaves no process behind, whatever Type= says.
    """
    stop = deciding(unit, "TimeoutStopSec")
    if stop is None or not endless(stop) or stop.value.strip() == "infinity":
        return
    is_task = unit.is_on("Service", "RemainAfterExit") and not unit.all("Service", "ExecStop")
    if is_task and stop.directive == "TimeoutSec":
        return  # like rc-local.service: it is the start that may take long
    if service_type(unit, context.release) != "oneshot" and not _leaves_nothing(unit, context):
        yield Hit(stop)


PASSING = frozenset((
    "modprobe", "insmod", "sysctl", "mount", "iptables-restore", "ip6tables-restore", "nft", "ip", "ifup", "setfont",
    "loadkeys", "hdparm", "ethtool", "mkdir", "rm", "cp", "mv", "ln", "chmod", "chown", "touch", "echo", "true",
))  # fmt: skip
"""Programs that end when their work is done, and leave no process behind."""


def _leaves_nothing(unit: Unit, context: Context) -> bool:
    """True where every ExecStart= is such a program, and no ExecStop= runs at the end."""
    started = known_commands(unit, context.release, "ExecStart")
    is_passing = bool(started) and all(command is not None and program(command) in PASSING for command in started)
    return is_passing and not unit.all("Service", "ExecStop")


AWAITED = {
    "notify": "READY=1",
    "notify-reload": "READY=1",
    "forking": "the end of the first process",
    "dbus": "the bus name",
}


def endless_start_timeout(unit: Unit, _context: Context) -> Iterator[Hit]:
    """No timeout for a start that waits for a sign.

    Tasks may take as long as they like, and a simple service is up at once.
    """
    kind = unit.last("Service", "Type")
    start = deciding(unit, "TimeoutStartSec")
    if kind is None or start is None or kind.value not in AWAITED or not endless(start):
        return
    related: tuple[tuple[Place, str], ...] = ((kind, "this makes the start wait"),)
    yield Hit(start, {"event": AWAITED[kind.value]}, related)
