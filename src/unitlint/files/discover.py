"""Paths to sources: walks folders, skips what is ignored, and reads what is safe to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator

from unitlint.errors import UnitlintError
from unitlint.files.classify import classify, foreign, scope_of
from unitlint.files.ignore import Ignored
from unitlint.files.source import Source

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are reported instead of read."""
_SKIPPED_FOLDERS = frozenset((".git", ".hg", ".svn", "node_modules", ".venv", ".tox", "__pycache__"))


def discover(paths: Iterable[str], ignored: Ignored, *, force_exclude: bool = False) -> Iterator[Source]:
    """Every unit, drop-in and conf below ``paths``, each once, in the order of the names.

    A file that is named outright is taken even if it is ignored, unless ``force_exclude``.
    Raises UnitlintError for a path that does not exist.
    """
    seen: set[str] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise UnitlintError(f"no such file or folder: {path}")
        found = _walk(path, ignored) if os.path.isdir(path) else _named(path, ignored, force_exclude=force_exclude)
        for source in found:
            if source.path not in seen:
                seen.add(source.path)
                yield source


def _named(path: str, ignored: Ignored, *, force_exclude: bool) -> Iterator[Source]:
    if force_exclude and ignored.excluded(path):
        return
    what = classify(os.path.abspath(path))
    if what is None:
        yield Source(path, "skip", os.path.basename(path), note="not the name of a unit, drop-in or conf")
    else:
        yield read_source(path, *what)


def _walk(top: str, ignored: Ignored) -> Iterator[Source]:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Source(folder, "error", "", note=f"cannot list this folder: {error.strerror}")
            continue
        ignored.enter(folder, entries)
        below = []
        for entry in entries:
            path = entry.path[2:] if top == "." else entry.path
            if _is_folder(entry):
                if entry.name not in _SKIPPED_FOLDERS and not ignored.ignores(path, folder=True):
                    below.append(entry.path)
                continue
            what = classify(path)
            if what is not None and not ignored.ignores(path):
                yield read_source(path, *what)
        waiting.extend(reversed(below))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def read_source(path: str, kind: str, name: str) -> Source:
    """Reads one file; whatever prevents it becomes the source's note."""
    scope = scope_of(path)
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            link = os.readlink(path)
            if link == "/dev/null":
                return Source(path, kind, name, link=link, scope=scope)
            if os.path.isabs(link) or not os.path.exists(path):
                return Source(path, "link", name, link=link, scope=scope)
            status = os.stat(path)
        else:
            link = None
        if not stat.S_ISREG(status.st_mode):
            return Source(path, "error", name, note="not a regular file, so it was not opened")
        if status.st_size > MAX_BYTES:
            return Source(path, "error", name, note=f"{status.st_size} bytes are too many for a unit file")
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES)
    except OSError as error:
        return Source(path, "error", name, note=f"cannot read: {error.strerror}")
    reason = foreign(data) if kind == "unit" else None
    if reason:
        return Source(path, "skip", name, note=f"not a systemd unit but {reason}")
    return Source(path, kind, name, data, link=link, scope=scope)
