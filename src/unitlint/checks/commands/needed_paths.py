"""Paths without which a service does not start, and the status with which its start then fails."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.checks.sandbox.view import SECTION, expanded, hiding, is_below, path_items, view_of
from unitlint.rules.model import Context
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

NAMESPACE, CREDENTIALS, CHDIR = "226/NAMESPACE", "243/CREDENTIALS", "200/CHDIR"
READ_ONLY = ("ReadOnlyPaths", "ReadOnlyDirectories", "NoExecPaths")
WRITABLE = ("ReadWritePaths", "ReadWriteDirectories", "ExecPaths")
INACCESSIBLE = ("InaccessiblePaths", "InaccessibleDirectories")
ACCESS = (*WRITABLE, *READ_ONLY, *INACCESSIBLE)
BINDS = ("BindPaths", "BindReadOnlyPaths")
OUTPUTS = {"StandardOutput": "209/STDOUT", "StandardError": "222/STDERR"}


class NeededPath(NamedTuple):
    """A path that has to be there when the service starts: where it is named, and how the start fails otherwise."""

    path: str
    line: Assignment
    start: int
    end: int
    status: str
    in_own_root: bool = False
    """True where the path is one below RootDirectory=, if there is one."""


def namespace_paths(unit: Unit, context: Context, top: str | None) -> Iterator[NeededPath]:
    """The paths of the mount namespace that have no ``-`` (namespace.c: setup_namespace); ``top`` is the own root.

    Left out is what systemd drops before it looks at the paths: what is below an inaccessible path (drop_inaccessible),
    what the nearest path above already makes so (drop_nop), and with RootDirectory= what is elsewhere on the host:
    only a path with ``+`` is one of the service's own root (drop_outside_root).
    """
    view = view_of(unit, context)
    for item in path_items(unit, context, *ACCESS):
        is_dropped = hiding(view, item.path) is not None and item.assignment.directive not in INACCESSIBLE
        if item.optional or is_dropped or _is_redundant(unit, context, item.path, item.assignment):
            continue
        in_own_root = item.in_own_root or top == "/"
        if in_own_root or (top is not None and is_below(item.path, top)):
            yield NeededPath(item.path, item.assignment, item.start, item.end, NAMESPACE, in_own_root)
    for directive in BINDS:
        for line in unit.all(SECTION, directive):
            for word in split_words(line.value):
                source = word.text.partition(":")[0]
                path = None if source.startswith("-") else expanded(source.removeprefix("+"), unit, context)
                if path is not None:
                    yield NeededPath(path, line, word.start, word.end, NAMESPACE)
    root = unit.last(SECTION, "RootDirectory")
    path = None if root is None or root.value.startswith("-") else expanded(root.value, unit, context)
    if root is not None and path is not None and path != "/":
        yield NeededPath(path, root, 0, len(root.value), NAMESPACE)


def own_root(unit: Unit, context: Context) -> str | None:
    """RootDirectory=, or / where it is unset; None where its specifiers cannot be told."""
    return expanded(unit.value(SECTION, "RootDirectory", "/").removeprefix("-"), unit, context)


def _is_redundant(unit: Unit, context: Context, path: str, line: Assignment) -> bool:
    """True where the nearest path above is of the same kind, so that systemd drops this one."""
    view = view_of(unit, context)
    kinds = (("read-only", view.read_only), ("writable", view.writable), ("inaccessible", view.inaccessible))
    own = "read-only" if line.directive in READ_ONLY[:2] else "writable" if line.directive in WRITABLE[:2] else ""
    above = [(mount.depth, kind) for kind, mounts in kinds for mount in mounts.around(path) if mount.path != path]
    return bool(own) and bool(above) and max(above)[1] == own


def credential_files(unit: Unit, context: Context) -> Iterator[NeededPath]:
    """The absolute paths of LoadCredential=, unless SetCredential= gives a value in their place (load_credential)."""
    given = {
        line.value.partition(":")[0]
        for name in ("SetCredential", "SetCredentialEncrypted")
        for line in unit.all(SECTION, name)
    }
    for directive in ("LoadCredential", "LoadCredentialEncrypted"):
        for line in unit.all(SECTION, directive):
            name, _, source = line.value.partition(":")
            path = expanded(source, unit, context) if source.startswith(("/", "%")) else None
            if path is not None and name not in given:
                yield NeededPath(path, line, len(name) + 1, len(line.value), CREDENTIALS)


def files_of_the_manager(unit: Unit, context: Context) -> Iterator[NeededPath]:
    """What systemd needs before it runs any command: the working directory, folders of output files, environments."""
    directory = unit.last(SECTION, "WorkingDirectory")
    path = None if directory is None or directory.value.startswith("-") else expanded(directory.value, unit, context)
    if directory is not None and path is not None:
        yield NeededPath(path, directory, 0, len(directory.value), CHDIR, in_own_root=True)
    for name, status in OUTPUTS.items():
        line = unit.last(SECTION, name)
        kind, _, text = ("", "", "") if line is None else line.value.partition(":")
        path = expanded(text, unit, context) if kind in ("file", "append", "truncate") else None
        if line is not None and path is not None:
            yield NeededPath(path.rpartition("/")[0] or "/", line, len(kind) + 1, len(line.value), status)
    for line in unit.all(SECTION, "EnvironmentFile"):
        path = None if line.value.startswith("-") else expanded(line.value, unit, context)
        if path is not None:
            yield NeededPath(path, line, 0, len(line.value), "resources")
