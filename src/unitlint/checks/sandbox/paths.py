"""Places that a service writes to, and that are not there or not shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import neighbour, socket_of
from unitlint.checks.sandbox.facts import cause_fields
from unitlint.checks.sandbox.mounts import Mount, Mounts
from unitlint.checks.sandbox.view import (
    EXEC_DIRECTORIES,
    SECTION,
    TEMPORARY,
    PathItem,
    expanded,
    is_below,
    is_temporary,
    path_items,
    view_of,
)
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

_SOCKET = late_pattern(r"(?:^|[=:])(/(?:var/)?tmp/[^\s:,]*\.sock(?:et)?)\b")


def output_before_directory(unit: Unit, context: Context) -> Iterator[Hit]:
    """exec-invoke.c opens standard output before it makes the directories (systemd issue 27591)."""
    for name in ("StandardOutput", "StandardError"):
        line = unit.last(SECTION, name)
        kind, colon, text = ("", "", "") if line is None else line.value.partition(":")
        path = expanded(text, unit, context) if colon and kind in ("file", "append", "truncate") else None
        if line is None or path is None:
            continue
        for directive, (_, specifier) in EXEC_DIRECTORIES.items():
            for directory in unit.all(SECTION, directive):
                for word in split_words(directory.value):
                    place = expanded(f"{specifier}/{word.text.partition(':')[0]}", unit, context)
                    if place is not None and is_below(path, place):
                        yield Hit(line, {"directory": directive}, ((directory, "made later"),))


def socket_in_private_tmp(unit: Unit, context: Context) -> Iterator[Hit]:
    """A socket that a command is told to make where nobody else can see it, or to find where systemd makes it."""
    mounts = [mount for mount in view_of(unit, context).emptied if mount.path in TEMPORARY]
    for line, command in commands(unit, context.release, "ExecStart") if mounts else ():
        for word in command.words if "+" not in command.prefixes else ():
            found = _SOCKET.search(word.text)
            if found:
                fields = {"path": found[1], **cause_fields(mounts[0].cause)}
                related = [(mounts[0].cause, "gives it its own /tmp")]
                socket = socket_of(unit, context)
                for listen in _listening(socket) if socket is not None else ():
                    if listen.value == found[1]:
                        related.append((listen, "the socket unit listens in the host's /tmp"))
                yield Hit(line, fields, tuple(related), span=(word.start, word.end))


def listens_beside_private_tmp(unit: Unit, context: Context) -> Iterator[Hit]:
    """A socket unit in /tmp whose service has a /tmp of its own; of a path that its command names UL411 speaks."""
    stem = unit.name.removesuffix(".socket")
    name = unit.value("Socket", "Service") or (
        f"{stem}@.service" if unit.is_on("Socket", "Accept") else f"{stem}.service"
    )
    service = neighbour(unit, name, context)
    if service is None:
        return
    mounts = [mount for mount in view_of(service, context).emptied if mount.path in TEMPORARY]
    started = "\n".join(line.value for line, _ in commands(service, context.release, "ExecStart")) if mounts else ""
    for listen in _listening(unit) if mounts else ():
        path = expanded(listen.value, unit, context)
        named = listen.value in started
        if path is not None and is_temporary(path) and not named:
            fields = {"path": path, "service": service.name, **cause_fields(mounts[0].cause)}
            yield Hit(listen, fields, ((mounts[0].cause, "gives the service its own /tmp"),))


def _listening(socket: Unit) -> list[Assignment]:
    return [
        line
        for name in ("ListenStream", "ListenDatagram", "ListenSequentialPacket")
        for line in socket.all("Socket", name)
    ]


def socket_in_runtime_directory(unit: Unit, context: Context) -> Iterator[Hit]:
    """The socket unit's file goes with the service's directory (unit.c and service.c: RuntimeDirectoryPreserve=)."""
    socket = context.units.get(unit.name.removesuffix(".service") + ".socket")
    if socket is None or not unit.is_off(SECTION, "RuntimeDirectoryPreserve", default=True):
        return
    directories = Mounts(
        Mount(place, line)
        for line in unit.all(SECTION, "RuntimeDirectory")
        for word in split_words(line.value)
        if (place := expanded(f"%t/{word.text.partition(':')[0]}", unit, context)) is not None
    )
    for listen in socket.all("Socket", "ListenStream") + socket.all("Socket", "ListenDatagram"):
        path = expanded(listen.value.replace("/var/run/", "/run/", 1), socket, context)
        for directory in directories.around(path) if path is not None else ():
            yield Hit(directory.cause, {"path": path, "socket": socket.name}, ((listen, "listens here"),))


INSIDE = ("/proc",)
"""ProtectKernelTunables= makes folders in here read-only, not the whole."""
EMPTY = ("TemporaryFileSystem", "BindReadOnlyPaths")
"""They put something of their own there instead of making it read-only."""


def writable_and_read_only(unit: Unit, context: Context) -> Iterator[Hit]:
    """For exactly the same path the read-only line wins; below one, the writable path would."""
    first: dict[str, Mount] = {}
    for mount in view_of(unit, context).read_only:
        if mount.cause.directive not in EMPTY and mount.cause.value != "tmpfs":
            first.setdefault(mount.path, mount)
    for item in path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"):
        winner = first.get(item.path)
        if winner is not None and item.path not in INSIDE:
            fields = {"path": item.text, **cause_fields(winner.cause)}
            yield Hit(item.assignment, fields, ((winner.cause, "this wins"),), span=(item.start, item.end))


def bind_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """What is bound into an inaccessible place (namespace.c: drop_inaccessible)."""
    view = view_of(unit, context)
    if not view.inaccessible:
        return
    for name in ("BindPaths", "BindReadOnlyPaths"):
        for line in unit.all(SECTION, name):
            for word in split_words(line.value):
                source, _, rest = word.text.removeprefix("-").partition(":")
                path = expanded(rest.partition(":")[0] or source, unit, context)
                mount = None if path is None else view.inaccessible.first_around(path)
                if mount is not None:
                    fields = {"path": path, **cause_fields(mount.cause)}
                    yield Hit(line, fields, ((mount.cause, "hidden by this"),), span=(word.start, word.end))


def directory_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """StateDirectory= and its like below an inaccessible path."""
    view = view_of(unit, context)
    if not view.inaccessible:
        return
    for name, (_, specifier) in EXEC_DIRECTORIES.items():
        for line in unit.all(SECTION, name):
            for word in split_words(line.value):
                path = expanded(f"{specifier}/{word.text.partition(':')[0]}", unit, context)
                mount = None if path is None else view.inaccessible.first_around(path)
                if mount is not None:
                    fields = {"path": path, **cause_fields(mount.cause)}
                    yield Hit(line, fields, ((mount.cause, "hidden by this"),), span=(word.start, word.end))


MERGED = ("/bin", "/sbin", "/lib", "/lib64")
"""Links into /usr on every system that systemd still runs on."""


def command_denied(unit: Unit, context: Context) -> Iterator[Hit]:
    """The deepest of the paths around a command decides; the same path in both lists is not executable."""
    items = list(path_items(unit, context, "NoExecPaths"))
    written = {_real(item.path): item.text for item in reversed(items)}
    denied, allowed = _real_paths(items), _real_paths(path_items(unit, context, "ExecPaths"))
    for line, command in commands(unit, context.release) if denied else ():
        path = expanded(command.path, unit, context)
        if path is None or "+" in command.prefixes:
            continue
        no, yes = denied.deepest_around(_real(path)), allowed.deepest_around(_real(path))
        if no is not None and (yes is None or yes.depth <= no.depth):
            fields = {"path": command.path, "cause": f"NoExecPaths={written[no.path]}"}
            span = (command.path_start, command.path_end)
            yield Hit(line, fields, ((no.cause, "nothing in here can be executed"),), span=span)


def _real_paths(items: Iterable[PathItem]) -> Mounts:
    return Mounts(Mount(_real(item.path), item.assignment) for item in items)


def _real(path: str) -> str:
    return "/usr" + path if any(is_below(path, one) for one in MERGED) else path.rstrip("/")
