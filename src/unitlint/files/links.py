"""Symbolic links met on a walk: which are masks, which aliases, which are read like files."""

from __future__ import annotations

import os

from unitlint.base.real_path import is_below, real_path
from unitlint.files.names import is_unit_file_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Links:
    """Knows the paths that are walked and the root tree, if there is one."""

    def __init__(self, tops: Sequence[str], root: str | None) -> None:
        self._tops = tops
        self._root = None if root is None else os.path.realpath(root)
        self._real_tops: tuple[str, ...] | None = None

    def is_root(self, path: str) -> bool:
        """True of the top of the root tree."""
        return self._root is not None and real_path(path) == self._root

    def target(self, path: str) -> str:
        """What the link says; empty where it has vanished."""
        try:
            return os.readlink(path)
        except OSError:
            return ""

    def may_follow(self, path: str) -> bool:
        """False for a link that leads out of the root tree."""
        return self._root is None or is_below(real_path(path), self._root)

    def is_file_of_unit(self, path: str, kind: str) -> bool:
        """True where the link is to be read like a file: it leads to something that the walk itself
        does not check.  False for an alias of a unit that is checked anyway, for a link that leads nowhere
        here, as absolute ones in a root tree mostly do, and for one that leads out of that tree."""
        real = real_path(path)
        if not os.path.exists(real) or not self.may_follow(path):
            return False
        if kind not in ("unit", "quadlet") or (kind == "unit" and not is_unit_file_name(os.path.basename(real))):
            return True
        return not any(is_below(real, top) for top in self._walked())

    def _walked(self) -> tuple[str, ...]:
        if self._real_tops is None:
            self._real_tops = tuple(os.path.realpath(top) for top in self._tops)
        return self._real_tops
