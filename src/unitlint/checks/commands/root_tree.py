"""What several predicates ask of the root directory: who a service runs as, and where it may go."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from unitlint.base.whole_numbers import is_whole_number, whole_number
from unitlint.checks.commands.root_files import at_boot
from unitlint.files.root_tree import User
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.root_tree import RootTree

SECTION = "Service"

USERS_WITHOUT_FILE = ("root", "nobody", "0", "65534")
"""systemd knows these without /etc/passwd (user-util.c: get_user_creds, synthesize_user_creds)."""
NOBODY = 65534
AT_RUN_TIME = ("/proc", "/sys", "/dev", "/run", "/var/run", "/tmp", "/var/tmp")  # not there before boot
OTHER_TREE = ("RootDirectory", "RootImage", "ExtensionImages", "ExtensionDirectories", "MountImages")
PASSES_ALL = ("CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH")
"""With these the kernel asks no folder's mode (capabilities(7))."""


def sees_this_tree(unit: Unit) -> bool:
    """False where the service is given another root, so that the tree says nothing about it."""
    return not any(unit.all(SECTION, directive) for directive in OTHER_TREE)


def user_of(unit: Unit, root: RootTree) -> User | None:
    """The user that the service runs as, with its groups; None where the tree does not tell, or where modes do not
    bind it."""
    if unit.scope == "user" or unit.name.startswith("user@"):
        return None
    if any(one in line.value for line in unit.all(SECTION, "AmbientCapabilities") for one in PASSES_ALL):
        return None
    name = unit.value(SECTION, "User", "root")
    if unit.is_on(SECTION, "DynamicUser"):
        user: User | None = User(name, NOBODY, frozenset((NOBODY,)))
    elif name in ("root", "0"):
        user = User("root", 0, frozenset((0,)))
    elif (uid := whole_number(name)) is not None:
        user = next((user for user in root.users.values() if user.uid == uid), User(name, uid, frozenset()))
    else:
        user = root.users.get(name) or at_boot(root).users.get(name)
    return None if user is None else user._replace(groups=user.groups | _more_groups(unit, root))


def _more_groups(unit: Unit, root: RootTree) -> frozenset[int]:
    names = unit.value(SECTION, "Group").split()
    for assignment in unit.all(SECTION, "SupplementaryGroups"):
        names += assignment.value.split()
    numbers = ((whole_number(name), name) for name in names)
    return frozenset(root.groups.get(name, -1) if number is None else number for number, name in numbers)


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
        if not may(root, user, here) and here not in at_boot(root).paths:
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


MADE = {
    "StateDirectory": "/var/lib",
    "CacheDirectory": "/var/cache",
    "LogsDirectory": "/var/log",
    "ConfigurationDirectory": "/etc",
}
"""Folders that systemd makes for the service."""


def is_made(unit: Unit, path: str) -> bool:
    """True for such a folder, and for what is below it."""
    for directive, top in MADE.items():
        for assignment in unit.all(SECTION, directive):
            made = [f"{top}/{word.partition(':')[0]}" for word in assignment.value.split()]
            if any(path == one or path.startswith(f"{one}/") for one in made):
                return True
    return False


def user_unknown(unit: Unit, context: Context) -> Iterator[Hit]:
    """Numbers need no entry; users that systemd-sysusers makes at boot and dynamic users count as known."""
    root, user = context.root, unit.last(SECTION, "User")
    if root is None or user is None or not root.users or not sees_this_tree(unit):
        return
    if is_whole_number(user.value) or "%" in user.value or user.value in USERS_WITHOUT_FILE:
        return
    if unit.is_on(SECTION, "DynamicUser"):
        return
    if user.value not in root.users and user.value not in at_boot(root).users:
        from unitlint.base.likeness import did_you_mean

        yield Hit(user, suggestion=did_you_mean(user.value, root.users))


NOBODY_GROUPS = ("nobody", "nogroup")
"""systemd knows the one that it was built with without /etc/group (user-util.c: get_group_creds)."""


def _has_no_entry(root: RootTree, name: str) -> bool:
    """True for root, and for both names of nobody's group unless the tree has the other one."""
    if name in NOBODY_GROUPS:
        return not any(other in root.groups for other in NOBODY_GROUPS)
    return name == "root"


def group_unknown(unit: Unit, context: Context) -> Iterator[Hit]:
    """Numbers need no entry, nor does the Group= of a dynamic user."""
    root = context.root
    if root is None or not root.groups or not sees_this_tree(unit):
        return
    directives = ["SupplementaryGroups"]
    if not unit.is_on(SECTION, "DynamicUser"):
        directives.append("Group")
    for directive in directives:
        for assignment in unit.all(SECTION, directive):
            for word in split_words(assignment.value):
                if is_whole_number(word.text) or "%" in word.text or _has_no_entry(root, word.text):
                    continue
                if word.text not in root.groups and word.text not in at_boot(root).groups:
                    yield Hit(assignment, {"group": word.text}, span=(word.start, word.end))
