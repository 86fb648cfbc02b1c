"""UL458: paths that the service's own ExecStartPre= makes, when systemd has needed them already (exec-invoke.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.needed_paths import (
    CHDIR,
    CREDENTIALS,
    NAMESPACE,
    NeededPath,
    credential_files,
    files_of_the_manager,
    namespace_paths,
    own_root,
)
from unitlint.checks.commands.programs import conditional_paths
from unitlint.checks.commands.root_tree import is_made
from unitlint.checks.commands.written_paths import made
from unitlint.checks.sandbox.view import EXEC_DIRECTORIES, SECTION, expanded, is_below
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command


OF_FILES = ("resources", CREDENTIALS)
"""How starts fail for want of a file, which a directory setting does not make."""
NEEDED_BY_ALL = ("ReadWritePaths", "ReadWriteDirectories", "BindPaths", "BindReadOnlyPaths")
"""What is mounted for commands with ``+`` as well (exec-invoke.c: apply_mount_namespace), in 247 to 262."""


def made_too_late(unit: Unit, context: Context) -> Iterator[Hit]:
    """The mount namespace is set up for each command; one with ``+`` may make some of what it will hold."""
    makers = list(_makers(unit, context))
    if not makers:
        return
    paths_of_sandbox = namespace_paths(unit, context, own_root(unit, context))
    needed = [*paths_of_sandbox, *credential_files(unit, context), *files_of_the_manager(unit, context)]
    for path in needed:
        if path.path in conditional_paths(unit) or _is_directory_made(unit, context, path):
            continue
        if path.status == CHDIR and path.path == f"/var/lib/{unit.value(SECTION, 'User')}":
            continue  # the home of a system user, which packages create with it
        maker = next((maker for maker in makers if _is_too_late(path, maker)), None)
        if maker is not None:
            line, _, _ = maker
            outcome = "cannot start" if path.status == "resources" else f"cannot start (status={path.status})"
            fields = {"path": path.path, "outcome": outcome}
            yield Hit(path.line, fields, ((line, "creates it, but does not run"),), span=(path.start, path.end))


def _is_too_late(path: NeededPath, maker: tuple[Assignment, Command, str]) -> bool:
    _, command, made = maker
    is_outside = path.status == NAMESPACE and "+" in command.prefixes and path.line.directive not in NEEDED_BY_ALL
    return path.path == made and not is_outside


def _is_directory_made(unit: Unit, context: Context, path: NeededPath) -> bool:
    if path.status in OF_FILES:
        return False
    return is_made(unit, path.path) or _is_run_made(unit, context, path.path)


def _is_run_made(unit: Unit, context: Context, path: str) -> bool:
    for line in unit.all(SECTION, "RuntimeDirectory"):
        for word in line.value.split():
            place = expanded(f"{EXEC_DIRECTORIES['RuntimeDirectory'][1]}/{word.partition(':')[0]}", unit, context)
            if place is not None and is_below(path, place):
                return True
    return False


def _makers(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command, str]]:
    """The commands before the start, with each path that they make."""
    for line, command in commands(unit, context.release, "ExecCondition", "ExecStartPre"):
        for text in made(command):
            path = expanded(text, unit, context)
            if path is not None:
                yield line, command, path.rstrip("/") or "/"
