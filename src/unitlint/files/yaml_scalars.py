"""Where each character of a YAML scalar's value stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PROPERTIES = re.compile(r"(?:[!&][^\s]*[ \t\r\n]+)*")
"""Tag and anchor, which come before the scalar."""
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
_BLANKS = " \t"


def offsets(text: str, start: int, end: int, value: str, style: str) -> list[int]:
    """The offset in ``text`` of each character of ``value``, and last the offset behind it.

    ``text[start:end]`` is the scalar as it is written.  What cannot be told stands where the character before does.
    """
    start = _PROPERTIES.match(text, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    pieces = _quoted(text, start, end, style) if style in ('"', "'") else _lines(text, start, end, style)
    found: list[int] = []
    at = start
    for offset, length, piece in pieces:
        # Between two pieces there is what folding makes of line ends.
        while len(found) < len(value) and piece and not value.startswith(piece, len(found)):
            if value[len(found)] not in " \t\n":
                break
            found.append(at)
        if not value.startswith(piece, len(found)):
            break
        found += [offset] if length != len(piece) else range(offset, offset + length)
        at = offset + length
    found += [at] * (len(value) - len(found))
    return [*found[: len(value)], min(max(found[-1] + 1 if found else at, start), len(text))]


_Piece = tuple[int, int, str]
"""(offset, length, the part of the value that is written there)."""


def _lines(text: str, start: int, end: int, style: str) -> Iterator[_Piece]:
    """The lines of a plain, literal or folded scalar without their indentation."""
    if style in ("|", ">"):
        header = _BREAK.search(text, start, end)
        start = header.end() if header else end
    while start < end:
        stop = _BREAK.search(text, start, end)
        line_end = stop.start() if stop else end
        first = start
        while first < line_end and text[first] in _BLANKS:
            first += 1
        line = text[first:line_end]
        # Blanks at the end belong to block scalars only.
        line = line if style in ("|", ">") else line.rstrip(_BLANKS)
        if line:
            yield first, len(line), line
        start = stop.end() if stop else end


def _quoted(text: str, start: int, end: int, style: str) -> Iterator[_Piece]:
    """The characters between quotation marks; line ends and the blanks around them are left out."""
    at, end = start + 1, end - 1
    while at < end:
        character = text[at]
        blanks = at
        while blanks < end and text[blanks] in _BLANKS:
            blanks += 1
        if blanks > at or _BREAK.match(text, at, end):
            if _BREAK.match(text, blanks, end):
                at = _after_blank_lines(text, blanks, end)
            else:
                yield at, blanks - at, text[at:blanks]
                at = blanks
        elif style == '"' and character == "\\":
            match = _ESCAPE.match(text, at, end)
            if match is None:
                return
            at = match.end()
            if _BREAK.match(match.group(), 1):
                at = _after_blanks(text, at, end)
            else:
                yield match.start(), at - match.start(), _meaning(match.group())
        elif style == "'" and text.startswith("''", at):
            yield at, 2, "'"
            at += 2
        else:
            yield at, 1, character
            at += 1


def _after_blank_lines(text: str, at: int, end: int) -> int:
    while (match := _BREAK.match(text, at, end)) is not None:
        at = _after_blanks(text, match.end(), end)
    return at


def _after_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _BLANKS:
        at += 1
    return at


_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _meaning(escape: str) -> str:
    letter = escape[1]
    if letter in "xuU":
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else ""
    return _NAMED.get(letter, letter)
