"""UL505: a working directory that the root tree lacks, or that the service's user may not enter."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.root_tree import (
    SECTION,
    appears_at_boot,
    barrier,
    is_bound,
    is_folder,
    is_run_time,
    may,
    sees_this_tree,
    user_of,
)
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

MADE = {
    "StateDirectory": "/var/lib",
    "CacheDirectory": "/var/cache",
    "LogsDirectory": "/var/log",
    "ConfigurationDirectory": "/etc",
}


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for ``-``, ``~``, specifiers, and what systemd or systemd-tmpfiles make before the start."""
    root, directory = context.root, unit.last(SECTION, "WorkingDirectory")
    if root is None or directory is None or not directory.value.startswith("/") or "%" in directory.value:
        return
    path = directory.value.rstrip("/") or "/"
    if not sees_this_tree(unit) or is_run_time(path) or is_bound(unit, path) or _is_made(unit, path):
        return
    if root.resolve(path) is None:
        if not any(path == one or path.startswith(f"{one}/") for one in appears_at_boot(root, "paths")):
            yield Hit(directory, {"reason": "is not in the root tree"})
        return
    if not is_folder(root, path):
        yield Hit(directory, {"reason": "is no folder in the root tree"})
        return
    user = user_of(unit, root)
    if user is None:
        return
    closed = barrier(root, user, path) or (None if may(root, user, path) else path)
    if closed is not None:
        yield Hit(directory, {"reason": f"cannot be entered by {user.name}: {closed} is closed to it"})


def _is_made(unit: Unit, path: str) -> bool:
    for directive, top in MADE.items():
        for assignment in unit.all(SECTION, directive):
            made = [f"{top}/{word.partition(':')[0]}" for word in assignment.value.split()]
            if any(path == one or path.startswith(f"{one}/") for one in made):
                return True
    return False
