"""The file system as a service sees it: which directive hides a path, and which makes it read-only.

Follows namespace.c: nothing below an inaccessible path can be brought back (drop_inaccessible), below an
empty file system only what is bound there, and among read-only and writable paths the deepest one decides.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.checks.sandbox.mounts import Mount, Mounts
from unitlint.rules.model import Context
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import expand
from unitlint.values.words import split_words

SECTION = "Service"
HOMES = ("/home", "/root", "/run/user")
TEMPORARY = ("/tmp", "/var/tmp")  # the paths that PrivateTmp= is about
API = ("/proc", "/sys", "/dev", *HOMES)
"""What ProtectSystem=strict leaves as it is (namespace.c: protect_system_strict_table)."""
SYSTEM = {"true": ("/usr", "/boot", "/efi"), "full": ("/usr", "/boot", "/efi", "/etc"), "strict": ("/",)}
READ_ONLY_SWITCHES = {
    "ProtectKernelTunables": ("/proc", "/sys"),
    "ProtectControlGroups": ("/sys/fs/cgroup",),
    "PrivateDevices": ("/dev",),
}
EXEC_DIRECTORIES = {
    "RuntimeDirectory": ("/run", "%t"),
    "StateDirectory": ("/var/lib", "%S"),
    "CacheDirectory": ("/var/cache", "%C"),
    "LogsDirectory": ("/var/log", "%L"),
    "ConfigurationDirectory": ("/etc", "%E"),
}


class PathItem(NamedTuple):
    """A path that a directive names: expanded, as it is written, and where in the value.

    ``optional`` is one with ``-``, ``in_own_root`` one with ``+``, which is a path below RootDirectory=.
    """

    path: str
    text: str
    assignment: Assignment
    start: int
    end: int
    optional: bool
    in_own_root: bool = False


class View(NamedTuple):
    """Everything that a service's directives do to its file system."""

    inaccessible: Mounts
    emptied: Mounts
    bound: Mounts
    read_only: Mounts
    writable: Mounts


class Hiding(NamedTuple):
    """Why a path is not there: the directive, and whether it is emptied instead of inaccessible."""

    cause: Assignment
    emptied: bool


def view_of(unit: Unit, context: Context) -> View:
    """What the sandboxing directives of a service do, worked out once for all the rules that ask."""
    key = ("view", context.release)
    if key not in unit.memo:
        unit.memo[key] = _view_of(unit, context)
    found: View = unit.memo[key]
    return found


def _view_of(unit: Unit, context: Context) -> View:
    temporary = _temporary(unit, context)
    directories = _directories(unit, context)
    opened = _binds(unit, context, "BindPaths")
    shown = _binds(unit, context, "BindReadOnlyPaths")
    inaccessible = _listed(unit, context, "InaccessiblePaths", "InaccessibleDirectories")
    emptied = [*temporary, *_private_tmp(unit)]
    read_only = _listed(unit, context, "ReadOnlyPaths", "ReadOnlyDirectories")
    read_only += [*_protect_system(unit), *_switches(unit), *shown]
    home = unit.last(SECTION, "ProtectHome")
    dynamic = enabled(unit, "DynamicUser")
    if home is not None and unit.is_on(SECTION, "ProtectHome"):
        inaccessible += [Mount(path, home) for path in HOMES]
    elif home is not None and home.value == "tmpfs":
        emptied += [Mount(path, home) for path in HOMES]
        read_only += [Mount(path, home) for path in HOMES]
    elif home is not None and home.value == "read-only":
        read_only += [Mount(path, home) for path in HOMES]
    elif dynamic is not None:
        read_only += [Mount(path, dynamic) for path in HOMES]
    read_only += temporary
    writable = [*directories, *opened, *_listed(unit, context, "ReadWritePaths", "ReadWriteDirectories")]
    bound = [*opened, *shown, *directories]
    return View(Mounts(inaccessible), Mounts(emptied), Mounts(bound), Mounts(read_only), Mounts(writable))


def hiding(view: View, path: str) -> Hiding | None:
    """Which directive keeps ``path`` from being there for the service, if any does."""
    inaccessible = view.inaccessible.first_around(path)
    if inaccessible is not None:
        return Hiding(inaccessible.cause, emptied=False)
    emptied = [mount for mount in view.emptied.around(path) if mount.path != path]
    if not emptied or view.bound.is_any_within(path):
        return None
    bound = view.bound.deepest_around(path)
    if bound is not None and bound.depth >= emptied[-1].depth:
        return None
    return Hiding(emptied[-1].cause, emptied=True)


def read_only_by(view: View, path: str) -> Assignment | None:
    """The directive that keeps ``path`` from being written, if any does."""
    deepest = view.read_only.deepest_around(path)
    if deepest is None:
        return None
    for mounts in (view.writable, view.emptied):
        open_there = mounts.deepest_around(path)
        if open_there is not None and open_there.depth >= deepest.depth:
            return None
    if deepest.path == "/" and any(is_below(path, top) for top in API):
        return None
    return deepest.cause


def is_below(path: str, parent: str) -> bool:
    """True where ``path`` is ``parent`` or stands below it."""
    return parent in (path, "/") or path.startswith(f"{parent}/")


def is_temporary(path: str) -> bool:
    """True of TEMPORARY and everything below."""
    return path in TEMPORARY or path.startswith(("/tmp/", "/var/tmp/"))


def enabled(unit: Unit, directive: str) -> Assignment | None:
    """The deciding assignment of a switch that is on."""
    found = unit.last(SECTION, directive)
    return found if unit.is_on(SECTION, directive) else None


def path_items(unit: Unit, context: Context, *directives: str) -> Iterator[PathItem]:
    """Every path of the list directives, without its prefixes."""
    for directive in directives:
        for assignment in unit.all(SECTION, directive):
            for word in split_words(assignment.value):
                rest = word.text.removeprefix("-")
                bare = rest.removeprefix("+")
                path = expanded(bare, unit, context)
                if path is not None:
                    is_optional, in_own_root = rest != word.text, bare != rest
                    yield PathItem(path, bare, assignment, word.start, word.end, is_optional, in_own_root)


def expanded(text: str, unit: Unit, context: Context) -> str | None:
    """A normal absolute path with its specifiers filled in; None where that cannot be told."""
    path: str | None = text
    if "%" in text:
        path = expand(text, ValueContext(context.release, user_manager=unit.scope == "user", unit_name=unit.name))
    if path is None or not path.startswith("/"):
        return None
    if "//" in path or "/." in path or path.endswith("/"):
        path = "/" + posixpath.normpath(path).lstrip("/")
    # /var/run is a link to /run on every system that systemd runs, and systemd follows it.
    return path.removeprefix("/var") if is_below(path, "/var/run") else path


def _listed(unit: Unit, context: Context, *directives: str) -> list[Mount]:
    return [Mount(item.path, item.assignment) for item in path_items(unit, context, *directives)]


def _temporary(unit: Unit, context: Context) -> list[Mount]:
    found = []
    for assignment in unit.all(SECTION, "TemporaryFileSystem"):
        for word in split_words(assignment.value):
            path = expanded(word.text.partition(":")[0], unit, context)
            if path is not None:
                found.append(Mount(path, assignment))
    return found


def _private_tmp(unit: Unit) -> list[Mount]:
    if unit.all("Unit", "JoinsNamespaceOf"):
        return []
    cause = unit.last(SECTION, "PrivateTmp")
    on = unit.is_on(SECTION, "PrivateTmp") or unit.value(SECTION, "PrivateTmp") == "disconnected"
    if not on:
        cause = enabled(unit, "DynamicUser")
    return [] if cause is None else [Mount(path, cause) for path in TEMPORARY]


def _binds(unit: Unit, context: Context, directive: str) -> list[Mount]:
    found = []
    for assignment in unit.all(SECTION, directive):
        for word in split_words(assignment.value):
            source, colon, rest = word.text.removeprefix("-").partition(":")
            path = expanded(rest.partition(":")[0] if colon and rest else source, unit, context)
            if path is not None:
                found.append(Mount(path, assignment))
    return found


def _directories(unit: Unit, context: Context) -> list[Mount]:
    found = []
    for directive, (_, specifier) in EXEC_DIRECTORIES.items():
        for assignment in unit.all(SECTION, directive):
            for word in split_words(assignment.value):
                path = expanded(f"{specifier}/{word.text.partition(':')[0]}", unit, context)
                if path is not None:
                    found.append(Mount(path, assignment))
    return found


def _protect_system(unit: Unit) -> list[Mount]:
    cause = unit.last(SECTION, "ProtectSystem")
    level = "" if cause is None else "true" if unit.is_on(SECTION, "ProtectSystem") else cause.value
    dynamic = enabled(unit, "DynamicUser")
    if level not in SYSTEM and dynamic is not None:
        cause, level = dynamic, "strict"
    return [] if cause is None else [Mount(path, cause) for path in SYSTEM.get(level, ())]


def _switches(unit: Unit) -> list[Mount]:
    found = []
    for directive, paths in READ_ONLY_SWITCHES.items():
        cause = unit.last(SECTION, directive)
        if cause is not None and not unit.is_off(SECTION, directive):
            found += [Mount(path, cause) for path in paths]
    return found
