"""UL409 to UL411 and UL454: places that a service writes to, and that are not there or not shared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole
from unitlint.checks.sandbox.facts import exec_lines, on
from unitlint.checks.sandbox.view import EXEC_DIRECTORIES, SECTION, TEMPORARY, expanded, is_below, view_of
from unitlint.checks.sandbox.words import cause_fields
from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

WRITABLE = ("ReadWritePaths", "ReadWriteDirectories", "BindPaths", "TemporaryFileSystem", *EXEC_DIRECTORIES)
_SOCKET = re.compile(r"(?:^|[=:])(/(?:var/)?tmp/[^\s:,]*\.sock(?:et)?)\b")


def nowhere_to_write(unit: Unit, _context: Context) -> Iterator[Hit]:
    """ProtectSystem=strict, and no line opens anything."""
    line = unit.last(SECTION, "ProtectSystem")
    if (
        line is None
        or line.value != "strict"
        or not is_whole(unit)
        or on(unit, "PrivateTmp")
        or on(unit, "DynamicUser")
    ):
        return
    if not any(unit.all(SECTION, name) for name in WRITABLE):
        yield Hit(line)


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
    """A socket that a command is told to make where nobody else can see it."""
    mounts = [mount for mount in view_of(unit, context).emptied if mount.path in TEMPORARY]
    for line, command in exec_lines(unit, context, ("ExecStart",)) if mounts else ():
        for word in command.words if "+" not in command.prefixes else ():
            found = _SOCKET.search(word.text)
            if found:
                fields = {"path": found[1], **cause_fields(mounts[0].cause)}
                yield Hit(line, fields, ((mounts[0].cause, "gives it a /tmp of its own"),), span=(word.start, word.end))


def socket_in_runtime_directory(unit: Unit, context: Context) -> Iterator[Hit]:
    """The socket unit's file goes with the service's directory (unit.c and service.c: RuntimeDirectoryPreserve=)."""
    socket = context.units.get(unit.name.removesuffix(".service") + ".socket")
    if socket is None or unit.value(SECTION, "RuntimeDirectoryPreserve", "no") not in ("no", "false", "0", "off"):
        return
    for listen in socket.all("Socket", "ListenStream") + socket.all("Socket", "ListenDatagram"):
        path = expanded(listen.value.replace("/var/run/", "/run/", 1), socket, context)
        for line in unit.all(SECTION, "RuntimeDirectory") if path is not None else ():
            for word in split_words(line.value):
                place = expanded(f"%t/{word.text.partition(':')[0]}", unit, context)
                if path is not None and place is not None and is_below(path, place):
                    yield Hit(line, {"path": path, "socket": socket.name}, ((listen, "listens here"),))
