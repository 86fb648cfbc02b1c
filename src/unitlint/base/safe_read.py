"""Reading a file whatever it is: never waits on a FIFO, never opens a device, never raises."""

from __future__ import annotations

import os
import stat

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are reported instead of read."""
_MOST = "files of more than 64 MiB are not read"
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISDIR, "a directory"),
)


class CannotReadError(Exception):
    """Why a file was not read, as a clause whose subject is the file; ``reason`` goes behind "cannot read the baseline"
    and the like."""

    def __init__(self, clause: str, reason: str = "") -> None:
        super().__init__(clause)
        self.reason = reason or f"it {clause}"


def read_bytes(path: str) -> bytes:
    """The content of a regular file of at most MAX_BYTES; raises CannotReadError for anything else."""
    return read_with_mode(path)[0]


def read_text(path: str) -> str:
    """The content of such a file, with U+FFFD in place of what is not UTF-8; raises CannotReadError."""
    return read_bytes(path).decode("utf-8", "replace")


def read_head(path: str, most: int) -> bytes:
    """The first ``most`` bytes of a regular file of any size; raises CannotReadError."""
    return _read(path, most)[0]


def read_with_mode(path: str) -> tuple[bytes, int]:
    """Content and permissions; raises CannotReadError."""
    data, status = _read(path, None)
    return data, stat.S_IMODE(status.st_mode)


def read_with_status(path: str) -> tuple[bytes, os.stat_result]:
    """Content, and what fstat(2) says of the file that was opened; raises CannotReadError."""
    return _read(path, None)


def _read(path: str, most: int | None) -> tuple[bytes, os.stat_result]:
    try:
        _refuse_special(os.stat(path), most)  # before opening: opening a device may do something
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            _refuse_special(status, most)  # after it too: it may have been exchanged in between
            data = _read_all(descriptor, status.st_size) if most is None else _read_first(descriptor, most)
            return data, status
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        why = "it is a link that leads nowhere" if os.path.islink(path) else "it has vanished"
        raise CannotReadError(f"cannot read: {why}", "No such file or directory") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = getattr(error, "strerror", None) or str(error)
        raise CannotReadError(f"cannot read: {why}", why) from None


def _read_first(descriptor: int, most: int) -> bytes:
    data = b""
    while len(data) < most and (part := os.read(descriptor, most - len(data))):
        data += part
    return data


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
            raise CannotReadError(f"has more than {MAX_BYTES} bytes; {_MOST}")
    return b"".join(parts)


def _refuse_special(status: os.stat_result, most: int | None) -> None:
    mode = status.st_mode
    if not stat.S_ISREG(mode):
        what = next((word for test, word in _KINDS if test(mode)), "no regular file")
        raise CannotReadError(f"is {what}, not a file, so it was not opened")
    if most is None and status.st_size > MAX_BYTES:
        raise CannotReadError(f"has {status.st_size} bytes; {_MOST}")
