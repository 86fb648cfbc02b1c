"""Writing a file so that it is the old or the new one at every moment, whatever happens."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable


class NotWrittenError(Exception):
    """Why a file was left as it is, as a clause for a person."""


def replace_text(path: str, before: str, after: str, trees: Iterable[str]) -> None:
    """The file ``path``, which must hold ``before``, holds ``after``; its mode and owner stay.

    ``trees`` are the folders and files that were asked for: a symlink that leads out of them is not followed.
    Raises NotWrittenError, and then the file is as it was.
    """
    target = _target(path, trees)
    try:
        with open(target, "rb") as file:
            status = os.fstat(file.fileno())
            if file.read() != before.encode("utf-8", "surrogateescape"):
                raise NotWrittenError("it was changed in the meantime")
        if not stat.S_ISREG(status.st_mode):
            raise NotWrittenError("it is no regular file")
        _replace(target, after.encode("utf-8", "surrogateescape"), status)
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from None


def _target(path: str, trees: Iterable[str]) -> str:
    """The file itself, behind symlinks; the folders that were asked for may be symlinks themselves."""
    target = os.path.realpath(path)
    for tree in trees:
        home = os.path.realpath(tree if os.path.isdir(tree) else os.path.dirname(tree) or ".")
        if target.startswith(os.path.join(home, "")):
            return target
    raise NotWrittenError(f"it is a symlink to {target}, outside of what was to be checked")


def _replace(target: str, data: bytes, status: os.stat_result) -> None:
    """A new file beside the old one, written to disk, takes its name; then the folder is written to disk."""
    from tempfile import mkstemp

    folder = os.path.dirname(target)
    # A name that is no unit's: whoever reads the folder meanwhile, systemd included, passes it over.
    descriptor, temporary = mkstemp(prefix=".unitlint-", suffix=".tmp", dir=folder)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            _as_before(descriptor, status)
            file.flush()
            os.fsync(descriptor)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync_folder(folder)


def _as_before(descriptor: int, status: os.stat_result) -> None:
    if not hasattr(os, "fchown"):  # Windows
        return
    now = os.fstat(descriptor)
    if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except PermissionError:
            raise NotWrittenError("it belongs to somebody else, and would not any more") from None
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _sync_folder(folder: str) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
