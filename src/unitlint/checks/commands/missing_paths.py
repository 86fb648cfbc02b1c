"""UL457: paths that a service needs to start and that the root directory does not have (namespace.c, exec-invoke.c)."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from unitlint.checks.commands.needed_paths import credential_files, namespace_paths, own_root
from unitlint.checks.commands.programs import conditional_paths
from unitlint.checks.commands.root_files import at_boot
from unitlint.checks.commands.root_tree import OTHER_TREE, is_bound, is_made, is_run_time
from unitlint.checks.sandbox.view import EXEC_DIRECTORIES, SECTION, is_below
from unitlint.files.root_tree import units_of_tree
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.mount_names import unit_name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.root_tree import RootTree


def missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for ``-``, conditions, mounts, and what appears at boot or is made for this or another service.

    Where RootDirectory= is missing itself, all paths are looked for in the tree.
    """
    root: RootTree | None = context.root
    if root is None or unit.scope == "user" or not unit.has_fragment or unit.masked:
        return
    has_image = any(unit.all(SECTION, directive) for directive in OTHER_TREE if directive != "RootDirectory")
    top = own_root(unit, context)
    top = "/" if top is not None and root.resolve(top) is None else top
    for needed in (*namespace_paths(unit, context, top), *credential_files(unit, context)):
        path = needed.path
        if needed.in_own_root:
            if has_image or top is None or is_bound(unit, path) or is_made(unit, path) or is_run_time(path):
                continue
            path = top.rstrip("/") + path
        if root.resolve(path) is None and not _comes_later(unit, context, root, path):
            fields = {"path": path, "status": needed.status}
            yield Hit(needed.line, fields, span=(needed.start, needed.end))


def _comes_later(unit: Unit, context: Context, root: RootTree, path: str) -> bool:
    if is_run_time(path) or is_made(unit, path) or path in conditional_paths(unit):
        return True
    if any(is_below(path, made) or is_below(made, path) for made in at_boot(root).paths):
        return True
    return _is_mounted(root, path) or any(is_below(path, made) for made in _made_by_others(context, root))


def _is_mounted(root: RootTree, path: str) -> bool:
    """True at and below a mount point: the tree does not show what is mounted there."""
    names = units_of_tree(root, "system").names
    points = {fields[1] for fields in _fstab(root) if len(fields) > 1}
    parts = path.strip("/").split("/")
    for count in range(1, len(parts) + 1):
        above = "/" + "/".join(parts[:count])
        if above in points or unit_name_of(above, "mount") in names or unit_name_of(above, "automount") in names:
            return True
    return False


def _fstab(root: RootTree) -> Iterator[list[str]]:
    for line in root.head("/etc/fstab", 64 * 1024).decode("utf-8", "replace").splitlines():
        if not line.lstrip().startswith("#"):
            yield line.split()


_directories: WeakKeyDictionary[RootTree, frozenset[str]] = WeakKeyDictionary()


def _made_by_others(context: Context, root: RootTree) -> frozenset[str]:
    """The folders that systemd makes for any service of the set, found once a tree."""
    if root not in _directories:
        found: set[str] = set()
        for name in context.units:
            other = context.units[name] if name.endswith(".service") else None
            for directive, (top, _) in EXEC_DIRECTORIES.items() if other is not None else ():
                for line in other.all(SECTION, directive) if other is not None else ():
                    found.update(f"{top}/{word.partition(':')[0].rstrip('/')}" for word in line.value.split())
        _directories[root] = frozenset(found)
    return _directories[root]
