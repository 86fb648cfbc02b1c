"""What appears in a root directory at boot: the users of sysusers.d, the paths of tmpfiles.d."""

from __future__ import annotations

import os
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from unitlint.base.records import NamedTuple
from unitlint.base.safe_read import CannotReadError, read_text
from unitlint.base.whole_numbers import whole_number
from unitlint.files.root_tree import User

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.root_tree import RootTree

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
    number = whole_number(text)
    return NOT_YET if number is None else number


def _lines(root: RootTree, name: str) -> Iterator[list[str]]:
    for folder in CONF_FOLDERS:
        place = root.resolve(f"{folder}/{name}")
        if place is None or not os.path.isdir(place):
            continue
        for entry in sorted(os.listdir(place)):
            file = root.resolve(f"{folder}/{name}/{entry}")
            if not entry.endswith(".conf") or file is None:
                continue
            try:
                text = read_text(file)
            except CannotReadError:
                continue
            for line in text.splitlines():
                fields = line.split()
                if len(fields) >= 2 and not fields[0].startswith("#"):
                    yield fields


HEAD = 4096
"""The program headers of an ELF file stand behind its first bytes."""
LINE = 255
"""The kernel looks no further for the end of the first line (BINPRM_BUF_SIZE)."""
_PT_INTERP = 3


class Shebang(NamedTuple):
    """The first line of a script, as the kernel splits it: the interpreter, and all the rest as one argument."""

    interpreter: str
    argument: str
    crlf: bool


def shebang(head: bytes) -> Shebang | None:
    """None for what does not begin with ``#!`` (execve(2), interpreter scripts)."""
    if not head.startswith(b"#!"):
        return None
    line, _, _ = head[2:LINE].partition(b"\n")
    crlf = line.endswith(b"\r")
    words = line.decode("utf-8", "replace").strip(" \t\r").split(None, 1)
    return Shebang(words[0] if words else "", words[1] if len(words) > 1 else "", crlf)


def is_text(head: bytes) -> bool:
    """True for lines that are neither a script with its interpreter nor in any binary format.

    What has no line end is no script but a stand-in for a program, as trees made for tests have them.
    """
    return (
        b"\n" in head and not head.startswith((b"#!", b"\x7fELF")) and b"\0" not in head and not head.startswith(b"MZ")
    )


def loader(head: bytes) -> str | None:
    """The loader that an ELF file names in its program headers; None where it needs none or its head is too short."""
    if not head.startswith(b"\x7fELF") or len(head) < 64:
        return None
    wide, order = head[4] == 2, "little" if head[5] == 1 else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(head[at : at + size], order)  # type: ignore[arg-type]

    first, size, count = (
        (number(32, 8), number(54, 2), number(56, 2)) if wide else (number(28, 4), number(42, 2), number(44, 2))
    )
    for at in range(first, first + size * count, size or 1):
        if number(at, 4) == _PT_INTERP:
            offset, length = (
                (number(at + 8, 8), number(at + 32, 8)) if wide else (number(at + 4, 4), number(at + 16, 4))
            )
            return head[offset : offset + length].rstrip(b"\0").decode("ascii", "replace") or None
    return None
