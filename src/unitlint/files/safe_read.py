"""Reading a file whatever it is: never waits on a FIFO, never opens a device, never raises."""

from __future__ import annotations

import os
import stat

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are reported instead of read."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISDIR, "a folder"),
)


class CannotReadError(Exception):
    """Why a file was not read, as a clause for a person."""


def read_bytes(path: str) -> bytes:
    """The content of a regular file of at most MAX_BYTES; raises CannotReadError for anything else."""
    return _read(path)[0]


def _read(path: str) -> tuple[bytes, int]:
    """Content and permissions."""
    try:
        _refuse_special(os.stat(path))  # before opening: opening a device may do something
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            _refuse_special(status)  # after it too: it may have been exchanged in between
            return _read_all(descriptor, status.st_size), stat.S_IMODE(status.st_mode)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise CannotReadError("cannot read: it has vanished") from None
    except OSError as error:
        raise CannotReadError(f"cannot read: {error.strerror or error}") from None


def _read_all(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size + 1)
    if len(data) == size:
        return data
    # A file of /proc tells no size, and any file may be growing.
    parts, total = [data], len(data)
    while part := os.read(descriptor, 1024 * 1024):
        parts.append(part)
        total += len(part)
        if total > MAX_BYTES:
            raise CannotReadError(f"larger than {MAX_BYTES} bytes, too large for a unit file")
    return b"".join(parts)


def _refuse_special(status: os.stat_result) -> None:
    mode = status.st_mode
    if not stat.S_ISREG(mode):
        what = next((word for test, word in _KINDS if test(mode)), "no regular file")
        raise CannotReadError(f"is {what}, not a file, so it was not opened")
    if status.st_size > MAX_BYTES:
        raise CannotReadError(f"has {status.st_size} bytes, too many for a unit file")
