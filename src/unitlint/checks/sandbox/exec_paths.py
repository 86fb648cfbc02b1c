"""UL415 and UL416: what may be executed where (namespace.c: MOUNT_NOEXEC, MOUNT_EXEC)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import exec_lines
from unitlint.checks.sandbox.view import SECTION, PathItem, expanded, is_below, path_items
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

MERGED = ("/bin", "/sbin", "/lib", "/lib64")
"""Links into /usr on every system that systemd still runs on."""


def command_denied(unit: Unit, context: Context) -> Iterator[Hit]:
    """The deepest of the paths around a command decides; the same path in both lists is not executable."""
    denied = list(path_items(unit, context, "NoExecPaths"))
    allowed = list(path_items(unit, context, "ExecPaths"))
    for line, command in exec_lines(unit, context) if denied else ():
        path = expanded(command.path, unit, context)
        if path is None or "+" in command.prefixes:
            continue
        no, yes = _around(path, denied), _around(path, allowed)
        if no is not None and (yes is None or len(_real(yes.path)) <= len(_real(no.path))):
            fields = {"path": command.path, "cause": f"NoExecPaths={no.text}"}
            span = (command.path_start, command.path_end)
            yield Hit(line, fields, ((no.assignment, "nothing in here can be run"),), span=span)


def without_effect(unit: Unit, _context: Context) -> Iterator[Hit]:
    """ExecPaths= makes exceptions, and there is no rule."""
    lines = unit.all(SECTION, "ExecPaths")
    if lines and unit.has_fragment and not unit.all(SECTION, "NoExecPaths"):
        yield Hit(lines[0])


def _around(path: str, items: list[PathItem]) -> PathItem | None:
    found = [item for item in items if is_below(_real(path), _real(item.path))]
    return max(found, key=lambda item: len(_real(item.path)), default=None)


def _real(path: str) -> str:
    return "/usr" + path if any(is_below(path, one) for one in MERGED) else path.rstrip("/")
