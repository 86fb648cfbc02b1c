"""UL467, UL469 and UL474: files and directories of /run that nobody makes in time (file-hierarchy(7): /run)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import REQUIRING, references, socket_of
from unitlint.checks.sandbox.capabilities import AMBIENT, capability_set
from unitlint.checks.sandbox.hidden import IMAGES
from unitlint.checks.sandbox.view import is_below, path_items
from unitlint.checks.service import is_whole
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands, program
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


_BELOW = late_pattern(r"(?:/var)?/run/([^/\s$%*]+)/[^\s$%*]+")


def directory_not_made(unit: Unit, context: Context) -> Iterator[Hit]:
    """Options that name a file which the program makes, below a directory of /run that nothing in sight makes."""
    user = other_user(unit)
    if user is None or not is_whole(unit) or unit.scope != "system" or any(unit.all(SECTION, name) for name in IMAGES):
        return
    for line, command in commands(unit, context.release, "ExecStart"):
        for at, word in enumerate(command.words) if not set("+!") & set(command.prefixes) else ():
            option, equals, value = word.text.partition("=")
            following = command.words[at + 1] if not equals and at + 1 < len(command.words) else word
            path = (value if equals else following.text).removeprefix("unix:")
            found = _BELOW.fullmatch(path)
            if found is None or _MAKES.match(option) is None or _OF_OTHERS.search(word.text + path) is not None:
                continue
            directory = f"/run/{found[1]}"
            if found[1] in OF_SYSTEM or _is_made(unit, found[1], context) or _comes_at_boot(directory, context):
                continue
            if not _is_prepared(unit, directory) and socket_of(unit, context) is None:
                yield Hit(line, {"path": directory}, ((user, "not root"),), span=(word.start, following.end))
                return


OF_SYSTEM = ("user", "lock", "systemd", "dbus", "udev", "shm", "secrets", "log")
"""Directories of /run that are there, or that another program brings."""


def _is_prepared(unit: Unit, directory: str) -> bool:
    """True where a command before the start names the directory."""
    return any(directory in line.value for line in unit.all(SECTION, "ExecStartPre"))


def _is_made_for_it(unit: Unit, path: str, context: Context) -> bool:
    """True where a command with all privileges or a socket unit makes the file."""
    as_root = unit.is_on(SECTION, "PermissionsStartOnly")
    for line, command in commands(unit, context.release, "ExecStartPre"):
        if path in line.value and (as_root or set("+!") & set(command.prefixes)):
            return True
    return socket_of(unit, context) is not None


_OWN = ("StateDirectory", "LogsDirectory", "CacheDirectory", "ConfigurationDirectory")
_OF_PACKAGE = late_pattern(r"/(?:etc|var/(?:lib|log|cache|spool))/([^/]+)/?")
"""What is written under one name in several of these places belongs to the service."""


def _follows(unit: Unit, name: str) -> bool:
    """True where the unit comes after one of that name, which may own the directories."""
    return any(one.name.startswith(name) for one in references(unit, "After", "Wants", *REQUIRING))


def must_exist(unit: Unit, context: Context) -> Iterator[Hit]:
    """A directory of the service's own in /run, without ``-``, that neither this unit nor one beside it makes."""
    if not is_whole(unit) or unit.scope != "system" or any(unit.all(SECTION, name) for name in IMAGES):
        return
    own = {unit.name.partition("@")[0].removesuffix(".service")}
    own.update(program(command) for _, command in commands(unit, context.release, "ExecStart"))
    own.update(name for kind in _OWN for line in unit.all(SECTION, kind) for name in line.value.split())
    items = list(path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"))
    names = [found[1] for item in items if (found := _OF_PACKAGE.fullmatch(item.path)) is not None]
    own.update(name for name in names if names.count(name) > 1 and not _follows(unit, name))
    for item in items:
        parts = item.path.removeprefix("/var").split("/")
        if item.optional or parts[:2] != ["", "run"] or len(parts) < 3 or parts[2] not in own:
            continue
        if not _is_made(unit, parts[2], context) and not _comes_at_boot(item.path, context):
            yield Hit(item.assignment, {"path": item.text}, span=(item.start, item.end))


def _is_made(unit: Unit, name: str, context: Context) -> bool:
    """True where RuntimeDirectory= of this unit, or of one with a similar name, makes ``/run/NAME``."""
    for other in (unit, *(context.units[key] for key in context.units if name in key)):
        for line in other.all(SECTION, "RuntimeDirectory"):
            if any(word.partition(":")[0].split("/")[0] == name for word in line.value.split()):
                return True
    return False


def _comes_at_boot(path: str, context: Context) -> bool:
    """True where tmpfiles.d of the root tree makes it."""
    if context.root is None:
        return False
    from unitlint.checks.commands.root_files import at_boot

    run = path.removeprefix("/var")
    return any(is_below(made.removeprefix("/var"), run) for made in at_boot(context.root).paths)
