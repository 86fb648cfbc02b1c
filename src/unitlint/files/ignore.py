"""What not to look at: `exclude` of the settings, and .gitignore files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Ignored:
    """Patterns in git's wildmatch form; .gitignore files are read as their folders are entered."""

    def __init__(self, exclude: Sequence[str] = (), base: str = ".", *, gitignore: bool = True) -> None:
        self._base = os.path.abspath(base)
        self._exclude = _spec(exclude) if exclude else None
        self._gitignore = gitignore
        self._specs: list[tuple[str, GitIgnoreSpec]] = []

    def enter(self, folder: str, entries: Iterable[os.DirEntry[str]]) -> None:
        """Takes note of the .gitignore of ``folder``, if there is one."""
        if not self._gitignore or not any(entry.name == ".gitignore" for entry in entries):
            return
        try:
            with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
                self._specs.append((os.path.abspath(folder), _spec(file.read().splitlines())))
        except OSError:
            return

    def excluded(self, path: str) -> bool:
        """True where `exclude` names the path or a folder above it."""
        return self._exclude is not None and _match(self._exclude, self._base, path, folder=False)

    def ignores(self, path: str, *, folder: bool = False) -> bool:
        """True where `exclude` or a .gitignore says so."""
        if self._exclude is not None and _match(self._exclude, self._base, path, folder=folder):
            return True
        return any(_match(spec, base, path, folder=folder) for base, spec in self._specs)


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _match(spec: GitIgnoreSpec, base: str, path: str, *, folder: bool) -> bool:
    relative = os.path.relpath(os.path.abspath(path), base)
    if relative.startswith(os.pardir):
        return False
    return spec.match_file(relative + "/" if folder else relative)
