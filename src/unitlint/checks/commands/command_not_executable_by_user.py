"""UL504: a command that stands in the root tree, and that the service's user may not run."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.exec_lines import commands, find
from unitlint.checks.commands.root_tree import SECTION, barrier, is_folder, may, user_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.root import User
from unitlint.units.unit import Unit

ROOT = User("root", 0, frozenset((0,)))


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Every folder on the way needs its execute bit for the user, and so does the file."""
    for assignment, command in commands(unit, context):
        user = ROOT if "+" in command.prefixes or "!" in command.prefixes else user_of(unit, context.root)
        place = find(context.root, command.path)
        if user is None or place is None or is_folder(context.root, place):
            continue
        closed = barrier(context.root, user, place)
        if closed is None and may(context.root, user, place):
            continue
        reason = f"may not enter {closed}" if closed is not None else "has no right to execute it"
        named = unit.last(SECTION, "User")
        related: tuple[tuple[Place, str], ...] = () if named is None else ((named, "it runs as this user"),)
        fields = {"path": command.path, "user": user.name, "reason": reason}
        yield Hit(assignment, fields, related, span=(command.path_start, command.path_end))
