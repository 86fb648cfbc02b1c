"""UL007 to UL009: lines that go on, or that only seem to."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.places import line_place
from unitlint.syntax.document import WHITESPACE
from unitlint.units.unit import Unit


def backslash_then_space(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A value that ends in a backslash with blanks behind it: the next line is not part of it."""
    for assignments in unit.assignments.values():
        for assignment in assignments:
            value = assignment.value
            if not value.endswith("\\") or (len(value) - len(value.rstrip("\\"))) % 2 == 0:
                continue
            line = assignment.document.line_text(assignment.end_line)
            if line != line.rstrip(WHITESPACE):
                yield Hit(assignment, span=(len(value) - 1, len(value)))


def continuation_to_end_of_file(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The file's last line asks for one more."""
    for document in unit.documents:
        if not document.continuations:
            continue
        first, last = document.continuations[-1]
        if last == len(document.lines) and (
            _goes_on(document.line_text(last)) or _is_comment(document.line_text(last))
        ):
            yield Hit(line_place(document, first))


def comment_in_continuation(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each continued value with a comment inside, where the value starts.

    Silent for templates, whose blocks are comments to us.
    """
    for document in unit.documents:
        if document.template is not None:
            continue
        for first, last in document.continuations:
            for number in range(first + 1, last):
                if _is_comment(document.line_text(number)):
                    related = ((line_place(document, number), "the comment is here"),)
                    yield Hit(line_place(document, first), related=related)
                    break


def _is_comment(line: str) -> bool:
    return line.lstrip(WHITESPACE)[:1] in ("#", ";") and bool(line.strip(WHITESPACE))


def _goes_on(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
