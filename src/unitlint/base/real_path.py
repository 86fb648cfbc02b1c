"""Where a path leads, however many symbolic links there are."""

from __future__ import annotations

import errno
import os


def real_path(path: str) -> str:
    """The path with its links followed, as os.path.realpath; unchanged but absolute where there are too many.

    The kernel follows 40 links and no more (path_resolution(7)); os.path.realpath follows them until it runs out of
    stack, in a time that grows with the square of their number.
    """
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return os.path.abspath(path)
    return os.path.realpath(path)


def is_below(path: str, folder: str) -> bool:
    """True of a folder itself and of what is below it; both are absolute paths without links."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
