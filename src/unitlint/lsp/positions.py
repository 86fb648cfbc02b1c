"""Places in a text as the protocol counts them: lines from 0, columns in UTF-16 units or in bytes of UTF-8."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UTF16, UTF8 = "utf-16", "utf-8"
_LINE_END = re.compile(r"\r\n|\n|\r")


class Positions:
    """Translates between offsets into a text (code points), the protocol's positions, and lines as systemd counts."""

    def __init__(self, text: str, encoding: str = UTF16) -> None:
        self.text = text
        self._encoding = encoding
        self._is_ascii = text.isascii()
        self._starts = [0, *[found.end() for found in _LINE_END.finditer(text)]]
        self._system_starts: list[int] | None = None

    @property
    def lines(self) -> int:
        """The number of lines; the one after the last line end counts, as in every editor."""
        return len(self._starts)

    def line_start(self, line: int) -> int:
        """The offset of a line (from 0), that of the end for lines beyond it."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line_end(self, line: int) -> int:
        """The offset behind the last character of a line, before its line end."""
        if line + 1 >= len(self._starts):
            return len(self.text)
        end = self._starts[line + 1]
        start = self._starts[line]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def line_text(self, line: int) -> str:
        """A line (from 0) without its line end."""
        return self.text[self.line_start(line) : self.line_end(line)]

    def offset(self, position: dict[str, Any]) -> int:
        """The offset of a position; beyond the end of its line it is the end of that line, as the protocol says."""
        line, character = int(position["line"]), int(position["character"])
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[line], self.line_end(line)
        if self._is_ascii:
            return min(start + max(character, 0), end)
        at = start
        while at < end and character > 0:
            character -= self._width(self.text[at])
            if character < 0:
                break  # within a character: before it
            at += 1
        return at

    def position(self, offset: int) -> dict[str, int]:
        """The position of an offset."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        if offset > start and self.text[offset - 1] == "\r":
            offset -= 1  # between \r and \n there is no place of its own
        if self._is_ascii:
            return {"line": line, "character": offset - start}
        return {"line": line, "character": sum(map(self._width, self.text[start:offset]))}

    def range(self, start: int, end: int) -> dict[str, dict[str, int]]:
        """The stretch between two offsets."""
        return {"start": self.position(start), "end": self.position(end)}

    def system_offset(self, line: int, column: int) -> int:
        """The offset of a finding's line and column (from 1; a line ends where systemd ends it)."""
        starts = self._system_starts
        if starts is None:
            if "\r" in self.text or "\0" in self.text:
                starts = [0, *accumulate(map(len, split_lines(self.text)))]
            else:
                starts = self._starts
            self._system_starts = starts
        if line > len(starts):
            return len(self.text)
        return min(starts[max(line, 1) - 1] + max(column, 1) - 1, len(self.text))

    def system_range(self, line: int, column: int, end_line: int, end_column: int) -> dict[str, dict[str, int]]:
        """The stretch of a finding."""
        start = self.system_offset(line, column)
        return self.range(start, max(self.system_offset(end_line, end_column), start))

    def _width(self, character: str) -> int:
        code = ord(character)
        if self._encoding == UTF8:
            return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
        return 2 if code > 0xFFFF else 1
