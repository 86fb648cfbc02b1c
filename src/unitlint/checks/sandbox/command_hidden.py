"""UL403: a command that the service's own sandbox hides from it."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.view import SECTION, expanded, hiding, view_of
from unitlint.checks.sandbox.words import cause_fields
from unitlint.grammar.exec_line import parse_exec
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

COMMANDS = ("ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Commands with ``+`` run outside the sandbox."""
    if unit.all(SECTION, "RootImage") or unit.all(SECTION, "RootDirectory"):
        return
    view = view_of(unit, context)
    if not view.inaccessible and not view.emptied:
        return
    for directive in COMMANDS:
        for assignment in unit.all(SECTION, directive):
            for command in parse_exec(assignment.value, context.release):
                path = expanded(command.path, unit, context)
                hidden = None if path is None or "+" in command.prefixes else hiding(view, path)
                if hidden is not None:
                    fields = {"path": command.path, **cause_fields(hidden.cause)}
                    span = (command.path_start, command.path_end)
                    yield Hit(assignment, fields, ((hidden.cause, "hidden by this"),), span=span)
