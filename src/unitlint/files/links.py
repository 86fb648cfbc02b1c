"""Symbolic links: which are masks, which aliases, which are read like files, and how far they may lead."""

from __future__ import annotations

import os

from unitlint.base.real_path import is_below, leaves_repository, real_path, repository_around
from unitlint.files.names import is_unit_file_name
from unitlint.files.search_path import tree_of_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAVES = "a link that leads out of what is checked, so it is not followed; --follow-links follows it"
LEAVES_CHECKOUT = (
    "a link that leads out of its repository, so it is not followed; --follow-links follows it, or name its target"
)
FOLDER_ELSEWHERE = (
    "a link to a directory outside of what is checked, which is not entered; name that directory to check it"
)
LEAVES_ROOT = "a link that leads out of the root directory, so it is not followed"


class Links:
    """Knows the paths that are walked, and the root directory if there is one.

    No link leads out of the root directory. Elsewhere links lead through the repositories or folders in which the named
    paths are, and through the trees of which they are search paths; with ``follow``, anywhere.
    """

    def __init__(self, tops: Sequence[str], root: str | None, *, follow: bool = False) -> None:
        self._tops = tops
        self._given_root = root
        self._root = None if root is None else os.path.realpath(root)
        self._follow = follow
        self._real_tops: tuple[str, ...] | None = None
        self._allowed: tuple[str, ...] | None = None

    def is_root(self, path: str) -> bool:
        """True of the top of the root directory."""
        return self._root is not None and real_path(path) == self._root

    def target(self, path: str) -> str:
        """What the link says; empty where it has vanished."""
        try:
            return os.readlink(path)
        except OSError:
            return ""

    def place_of(self, named: str) -> tuple[str, str]:
        """The path by which a file or folder that was named is read, and why it is not, "" where it is.

        In a root directory links lead where they would on its own system: an absolute one begins at the tree.
        """
        absolute = os.path.abspath(named)
        real = real_path(absolute)
        if real in (absolute, os.devnull):
            return named, ""
        if self._is_in_root(absolute):
            return self._place_in_root(named, absolute, real)
        leaves = not self._follow and leaves_repository(absolute)
        return named, LEAVES_CHECKOUT if leaves else ""

    def _place_in_root(self, named: str, absolute: str, real: str) -> tuple[str, str]:
        if self._given_root is None or self._root is None or is_below(real, self._root):
            return named, ""
        from unitlint.files.root_tree import RootTree

        tree = RootTree(self._given_root)
        place = tree.resolve(os.path.relpath(absolute, os.path.abspath(self._given_root)))
        return (named, LEAVES_ROOT) if place is None else (tree.as_given(place), "")

    def _is_in_root(self, absolute: str) -> bool:
        return self._given_root is not None and is_below(absolute, os.path.abspath(self._given_root))

    def may_follow(self, path: str) -> bool:
        """False for a link that leads too far; ``path`` is absolute."""
        real = real_path(path)
        if self._root is not None and self._is_in_root(path):
            return is_below(real, self._root)
        return self._follow or any(is_below(real, folder) for folder in self._allowed_folders())

    def leads_too_far(self, path: str) -> bool:
        """True for a link to something that exists but must not be read; in a root directory only that system knows."""
        return not self._is_in_root(path) and os.path.exists(path) and not self.may_follow(path)

    def is_folder_elsewhere(self, path: str) -> bool:
        """True of a link to a directory that the walk itself does not come to; not asked in a root directory."""
        return self._root is None and os.path.isdir(path) and not self._is_walked(real_path(path))

    def is_file_of_unit(self, path: str, kind: str) -> bool:
        """True where the link is to be read like a file: it leads to something that the walk itself
        does not check.  False for an alias of a unit that is checked anyway, for a link that leads nowhere
        here, as absolute ones in a root directory mostly do, and for one that leads too far."""
        real = real_path(path)
        if not os.path.exists(real):
            return False
        if not self.may_follow(path):  # a device is an error, and not opened anyway
            return self._root is None and not os.path.isfile(real) and not os.path.isdir(real)
        if kind not in ("unit", "quadlet") or (kind == "unit" and not is_unit_file_name(os.path.basename(real))):
            return True
        return not self._is_walked(real)

    def _is_walked(self, real: str) -> bool:
        if self._real_tops is None:
            self._real_tops = tuple(os.path.realpath(top) for top in self._tops)
        return any(is_below(real, top) for top in self._real_tops)

    def _allowed_folders(self) -> tuple[str, ...]:
        if self._allowed is None:
            found: list[str] = []
            for top in self._tops:
                absolute = os.path.abspath(top)
                folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
                found += [repository_around(folder) or folder, tree_of_folder(folder) or os.sep]
            self._allowed = tuple(map(real_path, dict.fromkeys(found)))
        return self._allowed


def files_named_by(path: str, root: str | None, *, follow_links: bool) -> Iterable[str]:
    """The file itself, or of a drop-in folder that is named outright the files in it."""
    if not os.path.isdir(path):
        return (path,)
    if not path.rstrip(os.sep).endswith(".d"):
        return ()
    folder, reason = Links((path,), root, follow=follow_links).place_of(path)
    return () if reason else (os.path.join(folder, name) for name in os.listdir(folder))
