"""Paths that repeat the directory which is the service's root already (systemd.exec(5): RootDirectory=)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION
from unitlint.checks.sandbox.view import is_below
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands
from unitlint.units.unit import Unit

BINDS = ("BindPaths", "BindReadOnlyPaths")


def repeated(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where something is mounted below the root, which may well bring the whole path there."""
    root = unit.last(SECTION, "RootDirectory")
    if root is None or "%" in root.value or not root.value.strip("/") or any(unit.all(SECTION, one) for one in BINDS):
        return
    top = root.value.rstrip("/")
    related = ((root, "the root of the service"),)
    directory = unit.last(SECTION, "WorkingDirectory")
    if directory is not None and is_below(directory.value.lstrip("-!"), top):
        path = directory.value.lstrip("-!")
        yield Hit(
            directory, _fields(path, top), related, suggestion=f"Write `WorkingDirectory={path[len(top) :] or '/'}`."
        )
    for line, command in commands(unit, context.release):
        if is_below(command.path, top) and "+" not in command.prefixes:
            hint = f"Write `{command.path[len(top) :]}`."
            span = (command.path_start, command.path_end)
            yield Hit(line, _fields(command.path, top), related, span=span, suggestion=hint)


def _fields(path: str, top: str) -> dict[str, object]:
    return {"path": path, "root": top}
