"""Commands and files of a service that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import is_whole
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

_PID_OPTION = late_pattern(r"--?(?:pid|pidfile|pid-file|pid_file|pidpath|pid-path|p)")
_PID_PATH = late_pattern(r"/\S+\.pid")


def pid_file_mismatch(unit: Unit, context: Context) -> Iterator[Hit]:
    """PIDFile= names another file than the option of the command."""
    line = unit.last("Service", "PIDFile")
    if line is None or "%" in line.value:
        return
    wanted = _plain(line.value)
    for assignment, command in commands(unit, context.release, "ExecStart"):
        words = command.words
        for at, word in enumerate(words):
            option, equals, value = word.text.partition("=")
            if not _PID_OPTION.fullmatch(option):
                continue
            following = words[at + 1] if not equals and at + 1 < len(words) else word
            path = value if equals else following.text
            if _PID_PATH.fullmatch(path) and "$" not in path and "%" not in path and _plain(path) != wanted:
                related = ((assignment, f"the command writes {path}"),)
                yield Hit(line, {"path": path, "program": program(command)}, related)
                return


def _plain(path: str) -> str:
    path = path if path.startswith("/") else f"/run/{path}"
    return path.removeprefix("/var") if path.startswith("/var/run/") else path


WITHOUT_EFFECT = ("true", "false", "echo", "sleep")
"""Stand-ins for a command in units that only hold others together."""


def reload_starts_again(unit: Unit, context: Context) -> Iterator[Hit]:
    """ExecReload= is the same command as ExecStart=: it starts the program once more, and waits for its end."""
    if service_type(unit, context.release) == "oneshot":
        return
    started = {command.argv for _, command in commands(unit, context.release, "ExecStart")}
    for line, command in commands(unit, context.release, "ExecReload"):
        if command.argv in started and program(command) not in WITHOUT_EFFECT:
            yield Hit(line, {"program": program(command)})


def inetd_as_forking(unit: Unit, context: Context) -> Iterator[Hit]:
    """A template that serves one connection each (Accept=yes) is its own main process.

    A command with the instance among its words is not started by that socket, whose instances are connections.
    """
    kind = unit.last("Service", "Type")
    if kind is None or kind.value != "forking" or "@" not in unit.name or not is_whole(unit):
        return
    socket_name = f"{unit.name.partition('@')[0]}.socket"
    socket = context.units.get(socket_name)
    serves = unit.value("Service", "StandardInput") == "socket" or (
        socket is not None and socket.is_on("Socket", "Accept") and not _uses_instance(unit)
    )
    if serves:
        related = (
            ((line, "each connection is the input of one process"),)
            if (line := unit.last("Service", "StandardInput"))
            else ()
        )
        yield Hit(kind, {}, related)


def _uses_instance(unit: Unit) -> bool:
    lines = (*unit.all("Service", "ExecStart"), *unit.all("Service", "PIDFile"))
    return any(specifier in line.value for line in lines for specifier in ("%i", "%I", "%j", "%J"))


def directory_gone_at_once(unit: Unit, context: Context) -> Iterator[Hit]:
    """RuntimeDirectory= of a task that ends: systemd removes the directory when the service stops."""
    line = unit.last("Service", "RuntimeDirectory")
    if line is None or service_type(unit, context.release) != "oneshot" or not is_whole(unit):
        return
    if unit.is_on("Service", "RemainAfterExit") or not unit.is_off("Service", "RuntimeDirectoryPreserve", default=True):
        return
    if len(unit.all("Service", "ExecStart")) == 1 and not unit.all("Service", "ExecStopPost"):
        top = "$XDG_RUNTIME_DIR" if unit.scope == "user" else "/run"
        yield Hit(line, {"path": f"{top}/{line.value.split()[0]}"})
