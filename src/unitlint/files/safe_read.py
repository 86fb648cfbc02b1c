"""Reading a file whatever it is: never waits on a FIFO, never opens a device, never raises."""

from __future__ import annotations

import os
import stat

from unitlint.files.classify import foreign, guess, has_unit_section
from unitlint.files.source import Source

OF_QUADLETS = ("quadlet", "quadlet-dropin")
"""Kinds of files that are known by their content; see quadlets.py."""
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


def read_source(path: str, kind: str, name: str, *, link: str | None = None, scope: str = "system") -> Source:
    """One file as a Source; whatever prevents reading it becomes an ``error`` with a note.

    ``kind`` may be ``guess``, ``quadlet`` or ``quadlet-dropin``: then the sections in the file decide what it is.
    """
    if kind in OF_QUADLETS:
        from unitlint.files.quadlets import read_quadlet

        return read_quadlet(path, kind, name, link)
    try:
        data, mode = _read(path)
    except CannotReadError as obstacle:
        return Source(path, "skip" if kind == "stray" else "error", name, note=str(obstacle), link=link, scope=scope)
    reason = foreign(data) if kind in ("unit", "guess") else None
    if kind == "stray" and not has_unit_section(data):
        reason = "a file of another kind"
    if reason:
        return Source(path, "skip", name, note=f"not a systemd unit but {reason}", link=link, scope=scope)
    if kind == "guess":
        what = guess(path, data)
        if what is None:
            return Source(path, "skip", name, note="not a unit, drop-in or conf, by name or sections", scope=scope)
        kind, name = what
    return Source(path, kind, name, data, link=link, scope=scope, mode=mode)


def filled(source: Source) -> Source:
    """The source with its bytes; of the kind ``error`` or ``skip`` where it cannot be read or is no unit."""
    if source.data is not None:
        return source
    read = read_source(source.path, source.kind, source.name, link=source.link, scope=source.scope)
    if source.context or source.template:
        return read._replace(context=source.context, template=source.template)
    return read


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
