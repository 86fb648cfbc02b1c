"""UL506: an EnvironmentFile= that the root tree lacks (execute.c: exec_context_load_environment)."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from unitlint.checks.commands.at_boot import at_boot
from unitlint.checks.commands.exec_lines import conditional_paths
from unitlint.checks.commands.root_tree import SECTION, is_folder, is_made, is_run_time
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.root import RootTree

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
            yield Hit(assignment, {"path": path, "what": "is not in the root tree"})
        elif is_folder(root, path):
            yield Hit(assignment, {"path": path, "what": "is a folder in the root tree"})


def _is_there(root: RootTree, path: str) -> bool:
    """A pattern is there where any file fits (glob(7)); one for folders is taken to be."""
    if WILD.isdisjoint(path):
        return root.resolve(path) is not None
    folder, _, pattern = path.rpartition("/")
    if not WILD.isdisjoint(folder):
        return True
    seen = (name for name in root.names_in(folder) if not name.startswith(".") or pattern.startswith("."))
    return any(fnmatchcase(name, pattern) for name in seen)
