"""What several predicates ask of the root tree: who a service runs as, and what appears at boot."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from unitlint.grammar.words import split_words
from unitlint.rules.typed import boolean
from unitlint.units.root import User

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.root import RootTree
    from unitlint.units.unit import Unit

SECTION = "Service"
ALWAYS = ("root", "nobody", "0", "65534")
"""systemd knows these without /etc/passwd (user-util.c: get_user_creds, synthesize_user_creds)."""
NOBODY = 65534
AT_RUN_TIME = ("/proc", "/sys", "/dev", "/run", "/var/run", "/tmp", "/var/tmp")  # not there before boot
OTHER_TREE = ("RootDirectory", "RootImage", "ExtensionImages", "ExtensionDirectories", "MountImages")
_CONF_FOLDERS = ("/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib")

_booted: WeakKeyDictionary[RootTree, dict[str, frozenset[str]]] = WeakKeyDictionary()


def sees_this_tree(unit: Unit) -> bool:
    """False where the service is given another root, so that the tree says nothing about it."""
    return not any(unit.all(SECTION, directive) for directive in OTHER_TREE)


def user_of(unit: Unit, root: RootTree) -> User | None:
    """The user that the service runs as, with its groups; None where the tree does not tell."""
    dynamic = unit.last(SECTION, "DynamicUser")
    if unit.scope == "user" or unit.name.startswith("user@"):
        return None
    name = unit.value(SECTION, "User", "root")
    if dynamic is not None and boolean(dynamic.value) is True:
        user: User | None = User(name, NOBODY, frozenset((NOBODY,)))
    elif name in ("root", "0"):
        user = User("root", 0, frozenset((0,)))
    elif name.isdigit():
        user = next((one for one in root.users.values() if one.uid == int(name)), User(name, int(name), frozenset()))
    else:
        user = root.users.get(name)
    return None if user is None else user._replace(groups=user.groups | _more_groups(unit, root))


def _more_groups(unit: Unit, root: RootTree) -> frozenset[int]:
    names = unit.value(SECTION, "Group").split()
    for assignment in unit.all(SECTION, "SupplementaryGroups"):
        names += assignment.value.split()
    return frozenset(int(name) if name.isdigit() else root.groups.get(name, -1) for name in names)


def appears_at_boot(root: RootTree, kind: str) -> frozenset[str]:
    """What systemd-sysusers and systemd-tmpfiles make: ``kind`` is ``users``, ``groups`` or ``paths``."""
    found = _booted.get(root)
    if found is None:
        users, groups, paths = set(), set(), set()
        for fields in _conf_lines(root, "sysusers.d"):
            if fields[0][0] in "ug":
                groups.add(fields[1])
            if fields[0][0] == "u":
                users.add(fields[1])
            if fields[0][0] == "m":
                users.add(fields[1])
                groups.add(fields[2] if len(fields) > 2 else fields[1])
        for fields in _conf_lines(root, "tmpfiles.d"):
            paths.add(fields[1].rstrip("/"))
        found = {"users": frozenset(users), "groups": frozenset(groups), "paths": frozenset(paths)}
        _booted[root] = found
    return found[kind]


def is_run_time(path: str) -> bool:
    """True for what no tree holds before its system runs."""
    return any(path == one or path.startswith(f"{one}/") for one in AT_RUN_TIME)


def barrier(root: RootTree, user: User, path: str) -> str | None:
    """The first folder on the way to ``path`` that ``user`` may not enter; None where the way is free."""
    place = root.resolve(path)
    if place is None:
        return None
    parts = os.path.relpath(place, root.folder).split(os.sep)
    here = ""
    for part in parts[:-1]:
        here += "/" + part
        if not may(root, user, here):
            return here
    return None


def may(root: RootTree, user: User, path: str) -> bool:
    """True where ``user`` may run the file, or enter the folder."""
    return bool(root.may(user, path, os.X_OK))


def is_folder(root: RootTree, path: str) -> bool:
    """True where the tree has a folder at ``path``."""
    status = root.status(path)
    return status is not None and stat.S_ISDIR(status.st_mode)


def is_bound(unit: Unit, path: str) -> bool:
    """True where the service gets the path, or a folder above it, from elsewhere."""
    for directive in ("BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem"):
        for assignment in unit.all(SECTION, directive):
            for word in split_words(assignment.value):
                parts = word.text.removeprefix("-").split(":")
                target = parts[1] if len(parts) > 1 and directive != "TemporaryFileSystem" else parts[0]
                if path == target or path.startswith(target.rstrip("/") + "/"):
                    return True
    return False


def _conf_lines(root: RootTree, name: str) -> Iterator[list[str]]:
    for folder in _CONF_FOLDERS:
        place = root.resolve(f"{folder}/{name}")
        if place is None or not os.path.isdir(place):
            continue
        for entry in sorted(os.listdir(place)):
            file = root.resolve(f"{folder}/{name}/{entry}")
            if not entry.endswith(".conf") or file is None or not os.path.isfile(file):
                continue
            with open(file, encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    fields = line.split()
                    if len(fields) >= 2 and not fields[0].startswith("#"):
                        yield fields
