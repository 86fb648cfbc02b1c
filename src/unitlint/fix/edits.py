"""Edits on a document: by spans, by whole lines.  Nothing else of the file changes, line ends least of all."""

from __future__ import annotations

from sys import intern

from unitlint.base.finding import Edit, Span
from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.lines import WHITESPACE


def offset(document: Document, line: int, column: int) -> int:
    """Where a place stands in the document's text, counted from 0 in code points."""
    return document.line_start(line) + column - 1


def of_span(document: Document, span: Span, new: str) -> Edit:
    """What stands in the span becomes ``new``."""
    start, end = offset(document, span.line, span.column), offset(document, span.end_line, span.end_column)
    return Edit(start, intern(document.text[start:end]), new)


def of_name(assignment: Assignment, new: str) -> Edit:
    """The directive's name becomes ``new``."""
    return of_span(assignment.document, assignment.document.directive_span(assignment), new)


def of_value(assignment: Assignment, start: int, end: int, new: str) -> Edit | None:
    """A stretch of the value becomes ``new``; None where it goes over several lines or is not written plainly."""
    span = assignment.document.value_span(assignment, start, end)
    if span.line != span.end_line or start >= end:
        return None
    edit = of_span(assignment.document, span, new)
    return edit if edit.old == assignment.value[start:end] else None


def without_lines(document: Document, first: int, last: int) -> Edit:
    """The physical lines ``first`` to ``last`` go, with the line end of the last one."""
    start = offset(document, first, 1)
    return Edit(start, "".join(document.lines[first - 1 : last]), "")


def before_line(document: Document, line: int, text: str) -> Edit:
    """``text`` as a line of its own above ``line``, indented and ended as this one is."""
    below = document.lines[line - 1]
    indent = below[: len(below) - len(below.lstrip(" \t"))]
    return Edit(offset(document, line, 1), "", indent + text + line_end(document))


def line_end(document: Document) -> str:
    """How the document ends its lines."""
    first = document.lines[0] if document.lines else ""
    return first[len(first.rstrip("\r\n")) :] or "\n"


def end_of_section(document: Document, section: str) -> Edit | None:
    """An empty edit behind the last line of a section that says something; None where the document has none such.

    Its ``new`` is what must stand before anything that is added there.
    """
    position = document.last_header(section)
    if position is None:
        return None
    start = document.headers[position].line
    later = document.headers[position + 1 : position + 2]
    last = (later[0].line if later else len(document.lines) + 1) - 1
    while last > start and not document.line_text(last).strip(WHITESPACE):
        last -= 1
    if document.line_text(last).endswith("\\"):
        return None  # what is added there would be a part of that line
    end = document.line_start(last + 1)
    is_ended = document.lines[last - 1][-1:] in ("\n", "\r")
    return Edit(end, "", "" if is_ended else line_end(document))
