"""The commands of a service that a root tree can be asked about."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.commands.root_tree import SECTION, is_bound, is_folder, is_run_time, sees_this_tree
from unitlint.grammar.exec_line import Command, parse_exec
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context
    from unitlint.units.root import RootTree
    from unitlint.units.unit import Unit

DIRECTIVES = ("ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost")
SEARCHED = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""Where systemd looks for a command without a slash (path-lookup: DEFAULT_PATH)."""


def commands(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command]]:
    """Commands whose failure counts and whose program stands in the tree if it stands anywhere."""
    if context.root is None or not sees_this_tree(unit) or unit.all(SECTION, "ExecSearchPath"):
        return
    excused = conditional_paths(unit)
    for directive in DIRECTIVES:
        for assignment in unit.all(SECTION, directive):
            for command in parse_exec(assignment.value, context.release):
                path = command.path
                if command.tolerant or command.via_shell or not path or "%" in path or path in excused:
                    continue
                if not is_run_time(path) and not is_bound(unit, path):
                    yield assignment, command


def programs(unit: Unit, context: Context) -> Iterator[tuple[Assignment, Command, str]]:
    """Those commands whose program is there, each with its path; what is no file is left out."""
    for assignment, command in commands(unit, context):
        place = find(context.root, command.path)
        if place is not None and not is_folder(context.root, place):
            yield assignment, command, place


def find(root: RootTree, path: str) -> str | None:
    """The path of a program in the tree, looked up as systemd does; None where it is missing."""
    if path.startswith("/"):
        return path if root.resolve(path) is not None else None
    return next((f"{one}/{path}" for one in SEARCHED if root.resolve(f"{one}/{path}") is not None), None)


def conditional_paths(unit: Unit) -> set[str]:
    """Programs that a condition asks for: without them the service is not started at all."""
    names = ("ConditionPathExists", "ConditionFileIsExecutable", "ConditionFileNotEmpty", "AssertPathExists")
    return {one.value.lstrip("|") for name in names for one in unit.all("Unit", name)}
