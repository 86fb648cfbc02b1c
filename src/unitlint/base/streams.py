"""Standard input, output and error as they are met: closed, full, or with an encoding that lacks a letter."""

from __future__ import annotations

import errno
import io
import os
import sys

from unitlint.base.errors import UnitlintError

_MEANINGS = {errno.EBADF: "it is closed", errno.EISDIR: "it is a directory"}
_OF_OUTPUT = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG, errno.ENXIO))
"""What writing to an open file may fail with (write(2))."""


class _Lenient(io.TextIOWrapper):
    """Standard error: where it takes no more words, these are lost, and the run goes on."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except (OSError, ValueError):
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except (OSError, ValueError):
            return


def prepare() -> None:
    """Makes all three usable; what is written to standard output or read from standard input fails when it is closed.

    Closed ones are opened anew, as the next file to be opened would take their numbers.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_WRONLY), "r")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        encoding = sys.stderr.encoding
        sys.stderr = _Lenient(sys.stderr.detach(), encoding, "backslashreplace", line_buffering=True)


def read_input() -> bytes:
    """All of standard input; raises UnitlintError where it cannot be read."""
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UnitlintError(f"cannot read standard input: {_meaning(error)}") from None


def discard_output() -> None:
    """Whatever is, or was to be, written to standard output goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def why_not_written(error: OSError) -> str:
    """A sentence on standard output that takes no more; "" where the error is about a file."""
    if error.filename is not None or error.errno not in _OF_OUTPUT:
        return ""
    return f"cannot write to standard output: {_meaning(error)}"


def _meaning(error: OSError) -> str:
    return _MEANINGS.get(error.errno or 0) or error.strerror or str(error)
