"""A unit file as it stands: its lines, sections and assignments, without their meaning."""

from __future__ import annotations

from itertools import accumulate

from unitlint.base.finding import Span
from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.syntax.lines import WHITESPACE, split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.template import Template

OPAQUE = "\ue000"
"""Stands for each character of a template's placeholder; a character for private use, which no unit holds otherwise."""


class Assignment:
    """One ``Directive=value`` of a file.

    ``value`` is what systemd's parser is handed: continuations joined, outer whitespace gone.
    ``line`` and ``end_line`` are the first and last physical line, counted from 1.
    """

    __slots__ = ("directive", "document", "end_line", "line", "section", "value")
    is_known = True
    """False for a value that holds a placeholder of a template, of which a grammar can say nothing."""

    def __init__(self, document: Document, section: str, directive: str, value: str, line: int, end_line: int) -> None:
        self.document = document
        self.section = section
        self.directive = directive
        self.value = value
        self.line = line
        self.end_line = end_line

    def __repr__(self) -> str:
        where = f"{self.document.path}:{self.line}"
        return f"<{where} [{self.section}] {self.directive}={self.value!r}>"

    @property
    def path(self) -> str:
        """The path of the file, as it was given."""
        return self.document.path


class Header(NamedTuple):
    """A ``[Section]`` line; ``known`` tells whether systemd reads that section in this file."""

    name: str
    line: int
    known: bool


class Problem(NamedTuple):
    """What systemd's reader objects to.  ``kind`` is one of those of :data:`PROBLEM_KINDS`.

    ``line``/``end_line`` are physical lines; ``text`` is the offending text.
    """

    kind: str
    line: int
    end_line: int
    text: str


PROBLEM_KINDS = {
    "not-utf8": "refused",
    "invalid-section-header": "refused",
    "bad-section-characters": "refused",  # by some releases, see header_refused_since()
    "line-too-long": "refused",
    "unknown-section": "ignored",
    "assignment-outside-section": "ignored",
    "missing-equals": "ignored",
    "missing-directive-name": "ignored",
}
"""Each kind of problem with the effect it has in systemd (conf-parser.c: parse_line, config_parse)."""


def header_refused_since(name: str) -> int | None:
    """The first release that refuses a file for the name of a section in it, after which it reads nothing; None where
    all take it (conf-parser.c: parse_line)."""
    if name.isalnum():  # as most are
        return None
    if _UNSAFE.search(name):
        return 251
    if _NEWLY_UNSAFE.search(name):
        return 261
    return 262 if not name else None


_UNSAFE = late_pattern(r"""[\x00-\x1f\x7f"'\\]""")
_NEWLY_UNSAFE = late_pattern(r"[*?\[]")


class Document:
    """A file that was read.  ``text`` is the input, ``lines`` are its parts; invalid bytes are surrogate escapes.

    ``refused`` tells that every release stops at a problem: nothing after it was read.
    ``continuations`` are the (first, last) physical lines of every continued logical line; ``bom_line`` is the line
    whose byte order mark systemd skips, 0 where there is none.
    ``mode`` are the permissions of the file, 0 where they are not known; ``template`` is the template whose text this
    is (syntax/template.py).
    """

    __slots__ = (
        "_last_headers",
        "_lines",
        "_starts",
        "_texts",
        "assignments",
        "bom_line",
        "continuations",
        "headers",
        "mode",
        "path",
        "problems",
        "refused",
        "template",
        "text",
    )

    def __init__(self, path: str, text: str, lines: list[str] | None = None) -> None:
        self.path = path
        self.text = text
        self._lines = lines
        self._texts: list[str] | None = None
        self._starts: list[int] | None = None
        self._last_headers: dict[str, int] | None = None
        self.assignments: list[Assignment] = []
        self.headers: list[Header] = []
        self.problems: list[Problem] = []
        self.refused = False
        self.continuations: list[tuple[int, int]] = []
        self.bom_line = 0
        self.mode = 0
        self.template: Template | None = None

    @property
    def lines(self) -> list[str]:
        """The physical lines with their ends; cut on first use, as most files are never reported on."""
        if self._lines is None:
            self._lines = split_lines(self.text)
        return self._lines

    def last_header(self, section: str) -> int | None:
        """The position in ``headers`` of the last one of a section; None where there is none.

        To be asked of a document that has been read: what it answers is kept.
        """
        if self._last_headers is None:
            self._last_headers = {header.name: position for position, header in enumerate(self.headers)}
        return self._last_headers.get(section)

    def line_start(self, line: int) -> int:
        """Where the physical line ``line`` (from 1) begins in the text, counted from 0; the line after the last one
        begins at the end."""
        if self._starts is None:
            self._starts = [0, *accumulate(map(len, self.lines))]
        return self._starts[min(line, len(self._starts)) - 1]

    def line_text(self, line: int) -> str:
        """The physical line ``line`` (from 1) without its line end."""
        if self._texts is None:
            text = self.text
            is_plain = self._lines is None and "\r" not in text and "\0" not in text
            self._texts = text.split("\n") if is_plain else [one.rstrip("\r\n\0") for one in self.lines]
        return self._texts[line - 1] if line <= len(self._texts) else ""

    def line_span(self, line: int) -> Span:
        """The stretch of a physical line without its indentation and trailing blanks."""
        text = self.line_text(line)
        start = len(text) - len(text.lstrip(WHITESPACE))
        return Span(line, start + 1, line, max(len(text.rstrip(WHITESPACE)), start) + 1)

    def directive_span(self, assignment: Assignment) -> Span:
        """Where the directive's name stands."""
        text = self.line_text(assignment.line)
        start = max(text.find(assignment.directive), 0)
        end = start + len(assignment.directive)
        if text[start:end] != assignment.directive:
            end = len(text.rstrip(WHITESPACE))
        return Span(assignment.line, start + 1, assignment.line, end + 1)

    def value_span(self, assignment: Assignment, start: int = 0, end: int | None = None) -> Span:
        """Where the characters ``start`` to ``end`` of ``assignment.value`` stand in the file.

        An empty stretch is placed at its point; an empty value just after the ``=``.
        """
        if assignment.line == assignment.end_line and assignment.value and assignment.line > 1:
            text = self.line_text(assignment.line)
            begin = len(text.rstrip(WHITESPACE)) - len(assignment.value)
            stop = len(assignment.value) if end is None else min(end, len(assignment.value))
            if start < stop and text.startswith(assignment.value, begin):
                return Span(assignment.line, begin + start + 1, assignment.line, begin + stop + 1)
        places = self._value_places(assignment)
        if not assignment.value or not places:
            span = self.directive_span(assignment)
            column = self.line_text(assignment.line).find("=", span.column - 1) + 2
            return Span(assignment.line, span.column, assignment.line, max(column, span.end_column))
        last = len(places) - 1
        stop = len(places) if end is None else min(end, len(places))
        first_line, first_column = places[min(start, last)]
        end_line, end_column = places[max(min(stop - 1, last), 0)]
        if stop <= start:
            return Span(first_line, first_column, first_line, first_column + 1)
        return Span(first_line, first_column, end_line, end_column + 1)

    def _value_places(self, assignment: Assignment) -> list[tuple[int, int]]:
        """(line, column) of each character of the value."""
        places: list[tuple[int, int]] = []
        joined: list[str] = []
        for number in range(assignment.line, min(assignment.end_line, len(self.lines)) + 1):
            text = self.line_text(number)
            if number > assignment.line and text.lstrip(WHITESPACE)[:1] in ("#", ";"):
                continue
            shift = 1 if number == self.bom_line else 0
            text = text[shift:]
            joined.append(text)
            places.extend((number, column + 1 + shift) for column in range(len(text)))
        whole = "".join(joined)
        begin = whole.find("=") + 1
        while begin < len(whole) and whole[begin] in WHITESPACE:
            begin += 1
        while (
            begin < len(whole) and whole[begin] == "\\" and assignment.value[:1] != "\\"
        ):  # a value that starts on the next line
            begin += 1
            while begin < len(whole) and whole[begin] in WHITESPACE:
                begin += 1
        return places[begin : begin + len(assignment.value)]
