"""What directives do at paths, so that a look-up takes no longer where a unit names thousands of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from unitlint.base.records import NamedTuple
from unitlint.syntax.document import Assignment


class Mount(NamedTuple):
    """What a directive does at a path: hide it, empty it, bind, or make it read-only or writable."""

    path: str
    cause: Assignment

    @property
    def depth(self) -> int:
        """How deep the path stands; of two that hold the same path the deeper one has the greater number."""
        return len(_key(self.path))


class Mounts:
    """Mounts of one kind in the order of their directives, found by path without a look at each of them."""

    def __init__(self, mounts: Iterable[Mount]) -> None:
        self._all = tuple(mounts)
        self._first: dict[str, int] = {}
        self._lengths: list[int] = []
        self._sorted: list[str] = []

    def __iter__(self) -> Iterator[Mount]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def around(self, path: str) -> list[Mount]:
        """The first mount at each path that is ``path`` or holds it, the deepest one last."""
        return [self._all[number] for number in self._numbers_around(path)]

    def first_around(self, path: str) -> Mount | None:
        """The one whose directive comes first of those that are ``path`` or hold it."""
        numbers = self._numbers_around(path)
        return self._all[min(numbers)] if numbers else None

    def deepest_around(self, path: str) -> Mount | None:
        """The deepest one of those that are ``path`` or hold it."""
        numbers = self._numbers_around(path)
        return self._all[numbers[-1]] if numbers else None

    def _numbers_around(self, path: str) -> list[int]:
        if not self._all:
            return []
        self._sort()
        key = _key(path)
        found = []
        for length in self._lengths:
            if length > len(key):
                break
            if key[length : length + 1] in ("", "/") and key[:length] in self._first:
                found.append(self._first[key[:length]])
        return found

    def _sort(self) -> None:
        """Made at the first look-up: many kinds are never asked for."""
        if not self._first:
            for number, mount in enumerate(self._all):
                self._first.setdefault(_key(mount.path), number)
            self._lengths = sorted(set(map(len, self._first)))

    def is_any_within(self, path: str) -> bool:
        """Whether one of them is ``path`` or stands below it."""
        if not self._all:
            return False
        if not self._sorted:
            self._sort()
            self._sorted = sorted([f"{key}/" for key in self._first])
        top = f"{_key(path)}/"
        at = bisect_left(self._sorted, top)
        return at < len(self._sorted) and self._sorted[at].startswith(top)


def _key(path: str) -> str:
    return path.rstrip("/")
