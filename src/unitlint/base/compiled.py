"""Data compiled out of the YAML files of many folders: a wheel carries it ready-made, in a checkout it is cached.

The compiled form is plain data: marshal of tuples in the wheel, which loads in a millisecond, and JSON in the cache
(row_cache.py), which nobody can make harmful.  The cache holds the size and the time of all files that it was made of,
so an edited file takes effect at the next run.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator, Sequence

from unitlint.base import row_cache
from unitlint.base.errors import UnitlintError
from unitlint.base.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.json_rows import Row

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COMPILED = "compiled.marshal"
MOST_FOLDERS = 20_000
"""In so many folders nobody looks for rules; there are a few hundred."""

StampedFile = tuple[str, tuple[int, int, int]]
"""The path of a file, with its size, its time of change in nanoseconds, and its inode."""


def data_folder(name: str) -> str:
    """The folder of this name (``rules``, ``events``) of the installed package, or of the checkout."""
    shipped = os.path.join(PACKAGE, f"_{name}")
    if os.path.isdir(shipped):
        return shipped
    return os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), name)


def stamped_files(folder: str, name: str) -> Iterator[StampedFile]:
    """The files of this name below a folder; a folder that has one is not searched any deeper.

    Raises UnitlintError for folders that cannot be listed, and for more of them than hold such files, as in ``/proc``.
    """
    waiting, seen = [folder.removesuffix(os.sep)], 0
    while waiting:
        inner = waiting.pop()
        path = f"{inner}{os.sep}{name}"
        try:
            status = os.stat(path)
        except OSError:
            try:
                with os.scandir(inner or os.sep) as listing:
                    below = sorted([entry.path for entry in listing if entry.is_dir(follow_symlinks=False)])
            except OSError as error:
                raise UnitlintError(f"cannot look for {name} files: {error.strerror}", inner) from None
            seen += len(below)
            if seen > MOST_FOLDERS:
                hint = f"name the folder whose folders hold a {name} each"
                raise UnitlintError(
                    f"more than {MOST_FOLDERS} folders to look for {name} in", folder, hint=hint
                ) from None
            waiting += reversed(below)
        else:
            yield path, (status.st_size, status.st_mtime_ns, status.st_ino)


def shipped_rows(name: str) -> list[Row] | None:
    """What the wheel carries of this name; None in a checkout."""
    path = os.path.join(PACKAGE, f"_{name}", COMPILED)
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        # marshal.load() would ask the file for every few bytes, which takes five times as long.
        rows: list[Row] = marshal.loads(file.read())  # noqa: S302  # our own file
        return rows


def cached_rows(
    name: str, form: str, files: Sequence[StampedFile], compiled: Callable[[list[str]], Iterable[Row]]
) -> list[Row]:
    """The rows that ``compiled`` makes of the files, from the cache if that was made of exactly these.

    ``form`` says what they look like: another one makes the cache worthless.
    """
    form = f"{form}{__version__}{sys.version_info[:2]}"
    paths = [path for path, _ in files]
    # Numbers have the same hash in every run, and hundreds of them one that takes no time to make and to compare.
    key = "\n".join([form, *paths, str(hash(tuple([stamp for _, stamp in files])))])
    cache = f"{name}-{crc32(f'{form}{files[0][0]}'.encode('utf-8', 'surrogateescape')):08x}.json"
    known = row_cache.load(cache, key)
    if known is not None:
        return known
    made = [tuple(row) for row in compiled(paths)]
    row_cache.store(cache, key, made)
    return made


def write_rows(target: str, rows: Iterable[Row]) -> None:
    """Writes what a wheel carries."""
    os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
    with open(target, "wb") as file:
        marshal.dump([tuple(row) for row in rows], file, 4)
