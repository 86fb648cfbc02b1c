"""UL505: a working directory that the root tree lacks, or that the service's user may not enter."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.at_boot import at_boot
from unitlint.checks.commands.root_tree import (
    SECTION,
    barrier,
    is_bound,
    is_folder,
    is_made,
    is_run_time,
    may,
    sees_this_tree,
    user_of,
)
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for ``-``, ``~``, specifiers, and what systemd or systemd-tmpfiles make before the start."""
    root, directory = context.root, unit.last(SECTION, "WorkingDirectory")
    if root is None or directory is None or not directory.value.startswith("/") or "%" in directory.value:
        return
    path = directory.value.rstrip("/") or "/"
    if not sees_this_tree(unit) or is_run_time(path) or is_bound(unit, path) or is_made(unit, path):
        return
    if root.resolve(path) is None:
        if not any(path == one or path.startswith(f"{one}/") for one in at_boot(root).paths):
            yield Hit(directory, {"reason": "is not in the root tree"})
        return
    if not is_folder(root, path):
        yield Hit(directory, {"reason": "is no folder in the root tree"})
        return
    user = user_of(unit, root)
    if user is None:
        return
    closed = barrier(root, user, path) or (None if may(root, user, path) else path)
    if closed is not None and closed not in at_boot(root).paths:
        yield Hit(directory, {"reason": f"cannot be entered by {user.name}: {closed} is closed to it"})
