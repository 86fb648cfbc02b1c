"""Text made fit for a terminal: nothing that steers it gets through, and columns stay in line."""

from __future__ import annotations

import re

from unitlint.base.records import NamedTuple

TAB_STOP = 4
LONGEST = 160
"""A source line longer than this many code points is shown in part."""

# Controls, surrogates (invalid bytes), and the characters that reorder or hide what follows them.
UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"

STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "note": "1;36",
    "help": "1;32",
    "bold": "1",
    "gutter": "34",
    "dim": "2",
    "struck": "2;9",
}


class Piece(NamedTuple):
    """A source line as shown, and where the stretch of interest stands in it (in cells)."""

    text: str
    offset: int
    width: int


def safe(text: str) -> str:
    """``text`` on one line, with every unsafe character spelt out; it encodes to UTF-8."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(UNSAFE, _spelt, text)


def safe_lines(text: str) -> str:
    """Like :func:`safe`, but line ends and tabs stay."""
    return "\n".join(safe(line).replace("\\x09", "\t") for line in text.split("\n"))


def paint(text: str, style: str, color: bool) -> str:  # noqa: FBT001  # passed through everywhere
    """``text`` in the escape codes of ``style``, or as it is without color."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if color and text else text


def piece(line: str, column: int, end_column: int) -> Piece:
    """The code points ``column`` up to ``end_column`` (from 1) of ``line``, ready to be underlined."""
    start = min(max(column - 1, 0), len(line))
    end = min(max(end_column - 1, start), len(line))
    first, last = _window(len(line), start, end)
    if first == 0 and last == len(line) and line.isascii() and line.isprintable():
        return Piece(line.rstrip(), start, max(end - start, 1))
    before = "…" if first > 0 else ""
    after = "…" if last < len(line) else ""
    shown = before
    cells = len(before)
    offset = stop = cells
    for position in range(first, last):
        if position == start:
            offset = cells
        text = _shown(line[position], cells)
        shown += text
        cells += width_of(text)
        if position < end:
            stop = cells
    if start >= last:
        offset = cells
    return Piece((shown + after).rstrip(), offset, max(stop - offset, 1))


def width_of(text: str) -> int:
    """The number of terminal cells that ``text`` takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _spelt(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"


def _shown(character: str, cells: int) -> str:
    if character == "\t":
        return " " * (TAB_STOP - cells % TAB_STOP)
    return safe(character)


def _window(length: int, start: int, end: int) -> tuple[int, int]:
    """The part of a long line that holds the stretch, with what stands around it."""
    if length <= LONGEST:
        return 0, length
    room = max(LONGEST - (end - start), LONGEST // 2)
    first = max(0, min(start - room // 2, length - LONGEST))
    return first, min(first + LONGEST, length)
