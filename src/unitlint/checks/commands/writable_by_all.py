"""UL509: a command that anybody on the machine can exchange (inode(7): the mode of a file and of its folders)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from unitlint.checks.commands.exec_lines import programs
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.root import RootTree


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """The file itself, or a folder on the way in which anybody may put another in its place."""
    for assignment, command, place in programs(unit, context):
        open_one = _open_to_all(context.root, place)
        if open_one is not None:
            fields = {"path": command.path, "open": open_one}
            yield Hit(assignment, fields, span=(command.path_start, command.path_end))


def _open_to_all(root: RootTree, path: str) -> str | None:
    """In a folder with the sticky bit only the owner exchanges a file."""
    place = root.resolve(path)
    if place is None:
        return None
    parts = [part for part in os.path.relpath(place, root.folder).split(os.sep) if part != "."]
    for count in range(1, len(parts) + 1):
        here = "/" + "/".join(parts[:count])
        status = root.status(here)
        if status is not None and status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX:
            return here
    return None
