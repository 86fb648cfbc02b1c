"""A root directory as its own system would see it: users, groups, files and modes.  No link leads out of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.base.safe_read import CannotReadError, read_head, read_text
from unitlint.base.whole_numbers import whole_number
from unitlint.files.names import is_unit_file_name, quadlet_type, service_of
from unitlint.files.search_path import QUADLET_PATH, SEARCH_PATH

MAX_LINKS = 40
"""The kernel gives up on a path after so many symlinks (path_resolution(7))."""


class User(NamedTuple):
    """A line of /etc/passwd with the groups of /etc/group."""

    name: str
    uid: int
    groups: frozenset[int]


class RootTree:
    """Answers questions about the tree below ``folder``; each file of it is read once."""

    def __init__(self, folder: str) -> None:
        self.folder = os.path.realpath(folder)
        self._given = folder
        self._users: dict[str, User] | None = None
        self._groups: dict[str, int] | None = None
        self._folders: dict[str, bool] = {}

    def may_be_read(self, path: str) -> bool:
        """False for a unit file of the tree that stands in no folder of systemd's, such as a program's sample.

        A file from elsewhere is taken to be on its way into the tree.
        """
        folder = os.path.dirname(path)
        if folder not in self._folders:
            real = os.path.realpath(folder or os.curdir) + os.sep
            top = self.folder.rstrip(os.sep) + os.sep
            self._folders[folder] = not real.startswith(top) or f"{os.sep}systemd{os.sep}" in real[len(top) - 1 :]
        return self._folders[folder]

    def resolve(self, path: str) -> str | None:
        """The place of ``path`` on this machine, links followed inside the tree; None where nothing is there."""
        parts = [part for part in path.split("/") if part not in ("", ".")][::-1]
        here: list[str] = []
        links = 0
        while parts:
            part = parts.pop()
            if part == "..":
                here = here[:-1]
                continue
            place = os.path.join(self.folder, *here, part)
            try:
                target = os.readlink(place)
            except OSError:
                here.append(part)
                continue
            links += 1
            if links > MAX_LINKS:
                return None
            if target.startswith("/"):
                here = []
            parts += [part for part in target.split("/") if part not in ("", ".")][::-1]
        found = os.path.join(self.folder, *here)
        return found if os.path.lexists(found) else None

    def as_given(self, place: str) -> str:
        """The path to show for a place that :meth:`resolve` found, below the folder as the user wrote it."""
        return os.path.join(self._given, os.path.relpath(place, self.folder))

    def is_named(self, path: str) -> bool:
        """True where a file or link stands at ``path``, wherever the link may lead."""
        folder, _, name = path.rpartition("/")
        place = self.resolve(folder or "/")
        return place is not None and os.path.lexists(os.path.join(place, name))

    def status(self, path: str) -> os.stat_result | None:
        """Mode and owner of a path in the tree; None where nothing is there."""
        place = self.resolve(path)
        try:
            return None if place is None else os.lstat(place)
        except OSError:
            return None

    def head(self, path: str, most: int) -> bytes:
        """The first bytes of a file in the tree; none where there is no file, or where it cannot be read."""
        place = self.resolve(path)
        try:
            return b"" if place is None else read_head(place, most)
        except CannotReadError:
            return b""

    def names_in(self, path: str) -> list[str]:
        """The names in a folder of the tree; none where there is no such folder."""
        place = self.resolve(path)
        try:
            return [] if place is None else os.listdir(place)
        except OSError:
            return []

    @property
    def users(self) -> dict[str, User]:
        """The users of /etc/passwd by name."""
        if self._users is None:
            extra: dict[str, set[int]] = {}
            for fields, gid in self._lines("/etc/group", 4):
                for name in fields[3].split(","):
                    extra.setdefault(name, set()).add(gid)
            self._users = {
                fields[0]: User(fields[0], uid, frozenset({own, *extra.get(fields[0], ())}))
                for fields, uid in self._lines("/etc/passwd", 7)
                if (own := whole_number(fields[3])) is not None
            }
        return self._users

    @property
    def groups(self) -> dict[str, int]:
        """The groups of /etc/group by name."""
        if self._groups is None:
            self._groups = {fields[0]: gid for fields, gid in self._lines("/etc/group", 4)}
        return self._groups

    def may(self, user: User, path: str, bit: int) -> bool:
        """True where the mode bits let ``user`` do ``bit`` (os.R_OK, os.W_OK, os.X_OK) with the path itself."""
        status = self.status(path)
        if status is None:
            return False
        if user.uid == 0:
            return bit != os.X_OK or stat.S_ISDIR(status.st_mode) or bool(status.st_mode & 0o111)
        shift = 6 if status.st_uid == user.uid else 3 if status.st_gid in user.groups else 0
        return bool(status.st_mode >> shift & bit)

    def _lines(self, path: str, fields: int) -> list[tuple[list[str], int]]:
        """The rows with so many fields, each with the number in its third; none where the file cannot be read."""
        place = self.resolve(path)
        try:
            text = "" if place is None else read_text(place)
        except CannotReadError:
            return []
        rows = (line.split(":") for line in text.split("\n"))
        return [(row, number) for row in rows if len(row) >= fields and (number := whole_number(row[2])) is not None]


MADE_BY = {"system": ("run/systemd/generator", "run/systemd/transient", "etc/systemd/system.control"), "user": ()}
"""Further folders of the search path (path-lookup.c), which a tree that is not running mostly lacks."""
_ALIAS = late_pattern(rb"(?m)^[ \t]*Alias[ \t]*=[ \t]*(.*)$")
_HEAD = 64 * 1024


class TreeUnits(NamedTuple):
    """Every name of a unit of one manager: files, links, aliases that enabling makes, generated services."""

    names: frozenset[str]
    masked: frozenset[str]
    """Names whose first file in the search path is empty or a link to /dev/null."""


_known: WeakKeyDictionary[RootTree, dict[str, TreeUnits]] = WeakKeyDictionary()


def units_of_tree(root: RootTree, scope: str) -> TreeUnits:
    """The units of the system's or the users' managers; looked up once a tree."""
    scopes = _known.setdefault(root, {})
    if scope not in scopes:
        scopes[scope] = _units(root, scope)
    return scopes[scope]


def _units(root: RootTree, scope: str) -> TreeUnits:
    names: set[str] = set()
    masked: set[str] = set()
    for folder in (*(f"{part}{scope}" for part in SEARCH_PATH), *MADE_BY[scope]):
        for name in root.names_in(folder):
            if is_unit_file_name(name) and name not in names:
                names.add(name)
                if _is_mask(root, f"{folder}/{name}"):
                    masked.add(name)
                else:
                    names.update(_aliases(root, f"{folder}/{name}"))
    names.update(_generated(root))
    return TreeUnits(frozenset(names), frozenset(masked))


def _is_mask(root: RootTree, path: str) -> bool:
    folder, _, name = path.rpartition("/")
    place = os.path.join(root.resolve(folder) or "", name)
    if os.path.islink(place):
        return os.readlink(place) == os.devnull
    return os.path.isfile(place) and os.path.getsize(place) == 0


def _aliases(root: RootTree, path: str) -> Iterator[str]:
    """Names that the unit gets when it is enabled; they are taken for there, as enabling may come later."""
    for line in _ALIAS.findall(root.head(path, _HEAD)):
        yield from line.decode("utf-8", "replace").split()


def _generated(root: RootTree) -> Iterator[str]:
    """Services of init scripts (systemd-sysv-generator(8)) and of Podman Quadlets."""
    for name in root.names_in("etc/init.d"):
        yield f"{name.removesuffix('.sh')}.service"
    for folder in QUADLET_PATH:
        for name in root.names_in(folder):
            if quadlet_type(name):
                yield service_of(name)


SEARCHED = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
"""Where systemd looks for a command without a slash (path-lookup: DEFAULT_PATH)."""


def find(root: RootTree, path: str) -> str | None:
    """The path of a program in the tree, looked up as systemd does; None where it is missing."""
    if path.startswith("/"):
        return path if root.resolve(path) is not None else None
    return next((f"{folder}/{path}" for folder in SEARCHED if root.resolve(f"{folder}/{path}") is not None), None)
