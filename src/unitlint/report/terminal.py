"""Text made fit for a terminal: nothing that steers it gets through, and columns stay in line."""

from __future__ import annotations

import re

from unitlint.base.foreign_text import COMMAND, safe, safe_lines
from unitlint.base.records import NamedTuple

__all__ = ["Piece", "paint", "piece", "safe", "safe_lines", "width_of"]
TAB_STOP = 4
LONGEST = 160
"""A source line longer than this many code points is shown in part."""

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


def paint(text: str, style: str, color: bool) -> str:  # noqa: FBT001  # passed through everywhere
    """``text`` in the escape codes of ``style``, or as it is without color."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if color and text else text


def piece(line: str, column: int, end_column: int) -> Piece:
    """The code points ``column`` up to ``end_column`` (from 1) of ``line``, ready to be underlined."""
    start = min(max(column - 1, 0), len(line))
    end = min(max(end_column - 1, start), len(line))
    first, last = _window(len(line), start, end)
    if first == 0 and last == len(line) and line.isascii() and line.isprintable() and "##" not in line:
        return Piece(line.rstrip(), start, max(end - start, 1))
    before = "…" if first > 0 else ""
    after = "…" if last < len(line) else ""
    shown = before
    cells = len(before)
    offset = stop = cells
    commands = {found.start() for found in re.finditer(COMMAND, line)} if "##" in line else ()
    for position in range(first, last):
        if position == start:
            offset = cells
        text = "\\x23" if position in commands else _shown(line[position], cells)
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
