"""UL011 and UL012: carriage returns and NUL bytes."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.finding import Span
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import line_place
from unitlint.units.unit import Unit


def crlf(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a file, at its first line with a carriage return."""
    for document in unit.documents:
        for number, line in enumerate(document.lines, 1):
            if "\r" in line:
                yield Hit(line_place(document, number))
                break


def nul(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a file, where its first NUL stands."""
    for document in unit.documents:
        for number, line in enumerate(document.lines, 1):
            if "\0" in line:
                column = line.index("\0") + 1
                yield Hit((document, Span(number, column, number, column + 1)))
                break
