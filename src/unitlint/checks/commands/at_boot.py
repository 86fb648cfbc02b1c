"""What appears in a root tree at boot: the users of sysusers.d, the paths of tmpfiles.d."""

from __future__ import annotations

import os
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from unitlint.record import NamedTuple
from unitlint.units.root import User

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.root import RootTree

CONF_FOLDERS = ("/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib")
NOT_YET = -1
"""The number of a user or group that gets one at boot only: nothing in the tree belongs to it."""


class Boot(NamedTuple):
    """What systemd-sysusers and systemd-tmpfiles make, by name or path."""

    users: dict[str, User]
    groups: dict[str, int]
    paths: frozenset[str]


_known: WeakKeyDictionary[RootTree, Boot] = WeakKeyDictionary()


def at_boot(root: RootTree) -> Boot:
    """Read once a tree."""
    found = _known.get(root)
    if found is None:
        lines = list(_lines(root, "sysusers.d"))
        paths = frozenset(fields[1].rstrip("/") for fields in _lines(root, "tmpfiles.d"))
        groups = _groups(lines)
        found = _known[root] = Boot(_users(lines, {**groups, **root.groups}), groups, paths)
    return found


def _groups(lines: list[list[str]]) -> dict[str, int]:
    """Every ``u`` and ``g`` line makes a group, and ``m`` the one that it names (sysusers.d(5))."""
    groups: dict[str, int] = {}
    for fields in lines:
        if fields[0][0] in "ug":
            groups.setdefault(fields[1], _number(fields, -1))
        elif fields[0][0] == "m" and len(fields) > 2:
            groups.setdefault(fields[2], NOT_YET)
    return groups


def _users(lines: list[list[str]], groups: dict[str, int]) -> dict[str, User]:
    members: dict[str, set[int]] = {}
    numbers: dict[str, int] = {}
    for fields in lines:
        kind, name = fields[0][0], fields[1]
        if kind == "u":
            numbers[name] = _number(fields, 0)
            members.setdefault(name, set()).add(groups.get(name, NOT_YET))
        elif kind == "m" and len(fields) > 2:
            numbers.setdefault(name, NOT_YET)
            members.setdefault(name, set()).add(groups.get(fields[2], NOT_YET))
    return {name: User(name, number, frozenset(members.get(name, ()))) for name, number in numbers.items()}


def _number(fields: list[str], part: int) -> int:
    """The uid (part 0) or gid (part -1) of ``uid:gid``, ``uid``, ``-`` or a path."""
    text = fields[2].split(":")[part] if len(fields) > 2 else "-"
    return int(text) if text.isdecimal() else NOT_YET


def _lines(root: RootTree, name: str) -> Iterator[list[str]]:
    for folder in CONF_FOLDERS:
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
