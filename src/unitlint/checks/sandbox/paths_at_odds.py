"""UL407, UL408 and UL414: directives that name the same place for opposite ends (namespace.c: drop_duplicates)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.view import EXEC_DIRECTORIES, SECTION, expanded, is_below, path_items, view_of
from unitlint.checks.sandbox.words import cause_fields
from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

INSIDE = ("/proc",)
"""ProtectKernelTunables= makes folders in here read-only, not the whole."""
EMPTY = ("TemporaryFileSystem", "BindReadOnlyPaths")
"""They put something of their own there instead of making it read-only."""


def writable_and_read_only(unit: Unit, context: Context) -> Iterator[Hit]:
    """For exactly the same path the read-only line wins; below one, the writable path would."""
    view = view_of(unit, context)
    for item in path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"):
        for mount in view.read_only:
            tmpfs = mount.cause.directive in EMPTY or mount.cause.value == "tmpfs"
            if mount.path == item.path and item.path not in INSIDE and not tmpfs:
                fields = {"path": item.text, **cause_fields(mount.cause)}
                yield Hit(item.assignment, fields, ((mount.cause, "this wins"),), span=(item.start, item.end))
                break


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
                for mount in view.inaccessible if path is not None else ():
                    if path is not None and is_below(path, mount.path):
                        fields = {"path": path, **cause_fields(mount.cause)}
                        yield Hit(line, fields, ((mount.cause, "hidden by this"),), span=(word.start, word.end))
                        break


def directory_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """StateDirectory= and its like below an inaccessible path."""
    view = view_of(unit, context)
    if not view.inaccessible:
        return
    for name, (_, specifier) in EXEC_DIRECTORIES.items():
        for line in unit.all(SECTION, name):
            for word in split_words(line.value):
                path = expanded(f"{specifier}/{word.text.partition(':')[0]}", unit, context)
                for mount in view.inaccessible if path is not None else ():
                    if path is not None and is_below(path, mount.path):
                        fields = {"path": path, **cause_fields(mount.cause)}
                        yield Hit(line, fields, ((mount.cause, "hidden by this"),), span=(word.start, word.end))
                        break
