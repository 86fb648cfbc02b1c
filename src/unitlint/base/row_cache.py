"""What was compiled of YAML files, kept in the user's cache folder: whatever stands there cannot crash a run.

Only a folder that belongs to the user, and in which nobody else may write, is believed, so that no checked repository
can bring a cache along.
"""

from __future__ import annotations

import os
import stat
from binascii import crc32

from unitlint.base.json_rows import parsed, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from unitlint.base.json_rows import Row

MOST_FILES = 64
"""So many caches are kept, of which those go first that were not used for the longest time."""
KEPT = 48
_ENDINGS = (".json", ".marshal", ".tmp")
"""Those of our files; earlier versions wrote marshal."""
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def cache_folder() -> str | None:
    """``$XDG_CACHE_HOME/unitlint``, or that below ~/.cache; None without a home folder.

    A relative path is ignored (XDG Base Directory Specification): it would lie in whatever is checked.
    """
    for base in (os.environ.get("XDG_CACHE_HOME", ""), os.path.join(os.path.expanduser("~"), ".cache")):
        if os.path.isabs(base):
            return os.path.join(base, "unitlint")
    return None


def load(name: str, key: str) -> list[Row] | None:
    """The rows that :func:`store` kept under this key; None where there are none that can be believed."""
    folder = cache_folder()
    if folder is None or not _is_ours(folder):
        return None
    path = os.path.join(folder, name)
    try:
        descriptor = os.open(path, _READ)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or not _is_private(status):
                return None
            head, _, texts = file.read().partition(b"\n")
        made_of, sum_of_texts, columns, ends = parsed(head.decode())
        if made_of != key or sum_of_texts != crc32(texts):
            return None
        rows = unpacked(columns, *[_cut(texts.decode(), ends)] if ends else [])
    except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError, StopIteration):
        return None
    _mark_as_used(path)
    return rows


def store(name: str, key: str, rows: Sequence[Row]) -> None:
    """Keeps the rows, all of one length, so that no reader ever sees half of them; where nothing can be written,
    nothing is.

    The texts in which rows end stand behind all else and are not parsed: parsing is much of a cold start.
    """
    folder = cache_folder()
    if folder is None:
        return
    from itertools import accumulate

    from unitlint.base.json_rows import as_json, packed

    texts = [row[-1] for row in rows] if all(map(_ends_in_text, rows)) else []
    columns = packed([row[:-1] for row in rows] if texts else rows)
    behind = "".join(texts).encode()
    head = as_json([key, crc32(behind), columns, list(accumulate(map(len, texts)))]).encode()
    temporary = os.path.join(folder, f"{name}.{os.getpid()}.tmp")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(folder):
            return
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(head + b"\n" + behind)
            os.replace(temporary, os.path.join(folder, name))
        except BaseException:
            os.unlink(temporary)
            raise
        _prune(folder)
    except OSError:
        return


def _ends_in_text(row: Row) -> bool:
    """Whether the last cell is a text, in which each character takes one byte."""
    return len(row) > 1 and type(row[-1]) is str and row[-1].isascii()


def _cut(texts: str, ends: list[int]) -> list[str]:
    """The texts that stand one after the other and end there; looking for their ends would take longer."""
    return [texts[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _is_ours(folder: str) -> bool:
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _is_private(status)


def _is_private(status: os.stat_result) -> bool:
    """Whether it belongs to the user, and nobody else may write to it; Windows has neither in its modes."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _mark_as_used(path: str) -> None:
    """Gives the cache a new time, so that it is not the oldest one."""
    try:
        os.utime(path)
    except OSError:  # a file system that can only be read
        return


def _prune(folder: str) -> None:
    """Takes away what was not used for long where there are many: every edit of a rule file makes another."""
    with os.scandir(folder) as listing:
        ours = [entry.path for entry in listing if entry.name.endswith(_ENDINGS)]
    if len(ours) <= MOST_FILES:
        return
    for path in sorted(ours, key=_used_at)[:-KEPT]:
        try:
            os.unlink(path)
        except OSError:  # another run was faster
            continue


def _used_at(path: str) -> int:
    try:
        return os.lstat(path).st_mtime_ns
    except OSError:
        return 0
