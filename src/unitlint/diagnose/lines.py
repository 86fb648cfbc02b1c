"""Bytes to lines: without colour codes and line ends of Windows; what is not UTF-8 becomes surrogates."""

from __future__ import annotations

import re

from unitlint.base.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

BLOCK = 1 << 18
LINK = "[\U0001f855] "
"""What journalctl writes on a terminal before a message that has a link to its documentation."""
LONGEST_LINE = 1 << 22
"""A longer line is cut, so that a file without line ends takes no more memory."""
ZEROS = bytes.maketrans(b"123456789", b"000000000")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
"""Colours, and links such as systemctl writes on a terminal (ECMA-48)."""


def first_bytes(stream: BinaryIO, number: int) -> bytes:
    """What a stream begins with, without reading it; b"" for one that cannot tell."""
    try:
        return stream.peek(number)[:number]  # type: ignore[attr-defined, no-any-return]  # of a buffered reader
    except Exception:  # reading will meet it again, and says what it is
        return b""


def bytes_of(stream: BinaryIO, path: str) -> Iterator[bytes]:
    """A stream in blocks.

    Raises UnitlintError where reading or decompressing fails; what came before has been given.
    """
    # Of a file that was cut off, reading a whole block would lose what could still be decompressed.
    read = getattr(stream, "read1", stream.read)
    while True:
        try:
            block = read(BLOCK)
        except (OSError, EOFError, ValueError) as error:
            raise UnitlintError(f"reading stopped: {str(error) or type(error).__name__}", path) from None
        except Exception as error:  # each decompressor has an error of its own
            raise UnitlintError(f"reading stopped: {type(error).__name__}: {error}", path) from None
        if not block:
            return
        yield block


def blocks_of(stream: BinaryIO, path: str) -> Iterator[tuple[list[str], list[str]]]:
    """The lines of a stream with their shapes (shapes.py), some thousand at a time; raises UnitlintError where reading
    stops."""
    rest = b""
    for block in bytes_of(stream, path):
        whole, newline, tail = block.rpartition(b"\n")
        if not newline:
            rest = rest + tail if len(rest) < LONGEST_LINE else rest
            continue
        yield _with_shapes(rest + whole)
        rest = tail
    if rest:
        yield _with_shapes(rest)


def _with_shapes(data: bytes) -> tuple[list[str], list[str]]:
    return _clean(data), _clean(data.translate(ZEROS))


def _clean(data: bytes) -> list[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[1:64:2].count(0) > 24:
        data = data.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    text = data.decode("utf-8", "surrogateescape")
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    if LINK in text:
        text = text.replace(LINK, "")
    if "\r" in text:
        text = text.replace("\r", "")
    return text.split("\n")
