"""The commands of a service that a root directory can be asked about."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase

from unitlint.checks.commands.root_files import at_boot
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
from unitlint.files.root_tree import User, find
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.unit import Unit
from unitlint.values.exec_line import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.root_tree import RootTree


def _commands_in_tree(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command]]:
    """Commands whose failure counts and whose program stands in the tree if it stands anywhere."""
    if context.root is None or not sees_this_tree(unit) or unit.all(SECTION, "ExecSearchPath"):
        return
    excused = conditional_paths(unit)
    for assignment, command in commands(unit, context.release):
        path = command.path
        if command.tolerant or command.via_shell or "%" in path or path in excused:
            continue
        if not is_run_time(path) and not is_bound(unit, path):
            yield assignment, command


def programs(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command, str]]:
    """Those commands whose program is there, each with its path; what is no file is left out."""
    for assignment, command in _commands_in_tree(unit, context):
        place = find(context.root, command.path)
        if place is not None and not is_folder(context.root, place):
            yield assignment, command, place


def conditional_paths(unit: Unit) -> set[str]:
    """Paths that a condition asks for: without them the service is not started at all."""
    names = (
        "PathExists", "PathIsDirectory", "PathIsReadWrite", "PathIsMountPoint", "DirectoryNotEmpty", "FileNotEmpty",
        "FileIsExecutable",
    )  # fmt: skip
    kinds = ("Condition", "Assert")
    return {
        line.value.lstrip("|").rstrip("/") for name in names for kind in kinds for line in unit.all("Unit", kind + name)
    }


def command_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for commands with ``-`` and for those that a condition of the unit asks for."""
    for assignment, command in _commands_in_tree(unit, context):
        place = find(context.root, command.path)
        if place is None or is_folder(context.root, place):
            what = "is not in the root directory" if place is None else "is a directory in the root directory"
            span = (command.path_start, command.path_end)
            yield Hit(assignment, {"path": command.path, "what": what}, span=span)


ROOT = User("root", 0, frozenset((0,)))


def command_not_executable_by_user(unit: Unit, context: Context) -> Iterator[Hit]:
    """Every folder on the way needs its execute bit for the user, and so does the file."""
    for assignment, command in _commands_in_tree(unit, context):
        user = ROOT if "+" in command.prefixes or "!" in command.prefixes else user_of(unit, context.root)
        place = find(context.root, command.path)
        if user is None or place is None or is_folder(context.root, place):
            continue
        closed = barrier(context.root, user, place)
        if closed is None and may(context.root, user, place):
            continue
        reason = f"cannot enter {closed}" if closed is not None else "has no permission to execute it"
        named = unit.last(SECTION, "User")
        related: tuple[tuple[Place, str], ...] = () if named is None else ((named, "it runs as this user"),)
        fields = {"path": command.path, "user": user.name, "reason": reason}
        yield Hit(assignment, fields, related, span=(command.path_start, command.path_end))


WILD = frozenset("*?[")


def missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for ``-``, specifiers, what a condition asks for, and what appears at boot or run time.

    The manager itself reads the file, before the service is given another root.
    """
    root = context.root
    if root is None:
        return
    for assignment in unit.all(SECTION, "EnvironmentFile"):
        path = assignment.value
        if not path.startswith("/") or "%" in path or is_run_time(path) or path in conditional_paths(unit):
            continue
        if is_made(unit, path) or any(path == one or path.startswith(f"{one}/") for one in at_boot(root).paths):
            continue
        if not _is_there(root, path):
            yield Hit(assignment, {"path": path, "what": "is not in the root directory"})
        elif is_folder(root, path):
            yield Hit(assignment, {"path": path, "what": "is a directory in the root directory"})


def _is_there(root: RootTree, path: str) -> bool:
    """A pattern is there where any file fits (glob(7)); one for folders is taken to be."""
    if WILD.isdisjoint(path):
        return root.resolve(path) is not None
    folder, _, pattern = path.rpartition("/")
    if not WILD.isdisjoint(folder):
        return True
    seen = (name for name in root.names_in(folder) if not name.startswith(".") or pattern.startswith("."))
    return any(fnmatchcase(name, pattern) for name in seen)


def working_directory_unreachable(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for ``-``, ``~``, specifiers, and what systemd or systemd-tmpfiles make before the start."""
    root, directory = context.root, unit.last(SECTION, "WorkingDirectory")
    if root is None or directory is None or not directory.value.startswith("/") or "%" in directory.value:
        return
    path = directory.value.rstrip("/") or "/"
    if not sees_this_tree(unit) or is_run_time(path) or is_bound(unit, path) or is_made(unit, path):
        return
    if root.resolve(path) is None:
        if not any(path == one or path.startswith(f"{one}/") for one in at_boot(root).paths):
            yield Hit(directory, {"reason": "is not in the root directory"})
        return
    if not is_folder(root, path):
        yield Hit(directory, {"reason": "is not a directory in the root directory"})
        return
    user = user_of(unit, root)
    if user is None:
        return
    closed = barrier(root, user, path) or (None if may(root, user, path) else path)
    if closed is not None and closed not in at_boot(root).paths:
        yield Hit(directory, {"reason": f"cannot be entered by {user.name}: {closed} denies access"})


def writable_by_all(unit: Unit, context: Context) -> Iterator[Hit]:
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
