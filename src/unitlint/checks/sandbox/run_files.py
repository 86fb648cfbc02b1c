"""UL467: files directly in /run that the service's user cannot create there (file-hierarchy(7): /run)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import neighbour
from unitlint.checks.sandbox.capabilities import AMBIENT, capability_set
from unitlint.checks.service import is_whole
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.service import other_user
from unitlint.units.unit import Unit

SECTION = "Service"
OVERRIDES = "CAP_DAC_OVERRIDE"
_FILE = late_pattern(r"(?:/var)?/run/[^/\s$%*]+")
_MAKES = late_pattern(r"--?(?:[\w.-]*[-_.])?(?:pid|pid[-_]?file|lock[-_]?file|listen|bind|unix[-_]socket|socket|sock)$")
_OF_OTHERS = late_pattern(
    r"docker|podman|containerd|connect|remote|upstream|dbus|client|haproxy|mysql|libvirt|crio|snapd|admin"
)
"""Options and files that name the socket of another program."""


def not_creatable(unit: Unit, context: Context) -> Iterator[Hit]:
    """PIDFile= of Type=forking, and options that name a file which the program makes; one finding a service."""
    user = other_user(unit)
    if user is None or not is_whole(unit) or OVERRIDES in (capability_set(unit, AMBIENT, context.release) or ()):
        return
    for line, path, span in _files(unit, context):
        if not _is_made_for_it(unit, path, context):
            yield Hit(
                line,
                {"path": path, "user": user.value if user.directive == "User" else "a dynamic user"},
                ((user, "not root"),),
                span=span,
            )
            return


def _files(unit: Unit, context: Context) -> Iterator[tuple[Assignment, str, tuple[int, int] | None]]:
    pid_file = unit.last(SECTION, "PIDFile")
    if pid_file is not None and unit.value(SECTION, "Type") == "forking":
        path = pid_file.value if pid_file.value.startswith("/") else f"/run/{pid_file.value}"
        if _FILE.fullmatch(path):
            yield pid_file, path, None
    for line, command in commands(unit, context.release, "ExecStart"):
        for at, word in enumerate(command.words) if not set("+!") & set(command.prefixes) else ():
            option, equals, value = word.text.partition("=")
            following = command.words[at + 1] if not equals and at + 1 < len(command.words) else word
            path = (value if equals else following.text).removeprefix("unix:")
            makes = _MAKES.match(option) is not None and _OF_OTHERS.search(word.text + path) is None
            if makes and _FILE.fullmatch(path):
                yield line, path, (word.start, following.end)


def _is_made_for_it(unit: Unit, path: str, context: Context) -> bool:
    """True where a command with all privileges or a socket unit makes the file."""
    as_root = unit.is_on(SECTION, "PermissionsStartOnly")
    for line, command in commands(unit, context.release, "ExecStartPre"):
        if path in line.value and (as_root or set("+!") & set(command.prefixes)):
            return True
    socket = neighbour(unit, f"{unit.name.removesuffix('.service')}.socket", context)
    return socket is not None
