"""UL503: a command that the root tree does not have."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.exec_lines import commands, find
from unitlint.checks.commands.root_tree import is_folder
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for commands with ``-`` and for those that a condition of the unit asks for."""
    for assignment, command in commands(unit, context):
        place = find(context.root, command.path)
        if place is None or is_folder(context.root, place):
            what = "is not in the root tree" if place is None else "is a folder in the root tree"
            span = (command.path_start, command.path_end)
            yield Hit(assignment, {"path": command.path, "what": what}, span=span)
