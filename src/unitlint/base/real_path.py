"""Where a path leads, and whether that is out of its folder, its repository or the image that is checked."""

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


def repository_around(path: str) -> str | None:
    """The folder of the git repository in which an absolute path is; None where it is in none."""
    folder = path
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def leaves_repository(path: str) -> bool:
    """True of an absolute path in a git repository that leads out of it by a link."""
    real = real_path(path)
    if real == path:
        return False
    repository = repository_around(path)
    return repository is not None and not is_below(real, real_path(repository))


def outside_of_image(folder: str, root: str | None) -> str:
    """The folder, or where it is in a root directory, that which holds the tree; absolute paths.

    What stands in an image decides nothing about how it is checked. The running system (``/``) is none.
    """
    if root is None or os.path.realpath(root) == os.sep:
        return folder
    top = os.path.abspath(root)
    is_in_image = is_below(folder, top) or is_below(real_path(folder), os.path.realpath(root))
    return os.path.dirname(top) if is_in_image else folder
