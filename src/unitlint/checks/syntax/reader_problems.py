"""What the reader itself objected to, one function a rule (conf-parser.c: parse_line)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from unitlint.base.finding import Span
from unitlint.catalogue import UNIT_TYPES, sections_of, sections_with
from unitlint.files.classify import LINK_FOLDERS
from unitlint.rules.model import Context, Hit, line_place
from unitlint.syntax.document import Document, Problem, header_refused_since
from unitlint.syntax.reader import NEEDS_EQUALS_UNTIL
from unitlint.syntax.wide_text import encoding_of_text
from unitlint.units.judged import judged
from unitlint.units.unit import Unit


def not_utf8(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The caret stands under the first character that systemd does not take."""
    for document, problem in _problems(unit, "not-utf8"):
        span = document.line_span(problem.line)
        for number in range(problem.line, problem.end_line + 1):
            text = document.line_text(number)
            column = next((at for at, char in enumerate(text, 1) if _is_bad(char)), None)
            if column is not None:
                span = Span(number, column, number, column + 1)
                break
        # The finding stands where the logical line starts.
        place = (document, span if span.line == problem.line else document.line_span(problem.line))
        encoding = encoding_of_text(document.text)
        hint = f"The file is {encoding.upper()}: convert it with `iconv -f {encoding} -t utf-8`." if encoding else None
        yield Hit(place, suggestion=hint)


def missing_equals(unit: Unit, context: Context) -> Iterator[Hit]:
    """A line that is no assignment, or one without a name before the ``=``."""
    for document, problem in _not_lost(unit, context, "missing-equals"):
        place = (document, document.line_span(problem.line))
        fields = {"reason": "has no =", "consequence": "systemd ignores it"}
        if problem.text.startswith(INCLUDE):
            if context.release >= INCLUDE_REMOVED_IN:
                yield Hit(place, fields | {"reason": OF_INCLUDE}, suggestion=INSTEAD_OF_INCLUDE)
            continue
        is_fatal = context.release <= NEEDS_EQUALS_UNTIL
        if is_fatal:
            fields["consequence"] = f"systemd {context.release} refuses the whole unit"
        yield Hit(place, fields, effect="refused" if is_fatal else None)
    for document, problem in _problems(unit, "missing-directive-name"):
        fields = {"reason": "has no name before the =", "consequence": "systemd ignores it"}
        yield Hit((document, document.line_span(problem.line)), fields)


def invalid_section_header(unit: Unit, context: Context) -> Iterator[Hit]:
    """A header that does not end in ``]``, or whose name holds what no section may have."""
    for document, problem in _not_lost(unit, context, "invalid-section-header"):
        yield Hit((document, document.line_span(problem.line)), {"reason": "does not end in ]"})
    for document, problem in _problems(unit, "bad-section-characters"):
        since = header_refused_since(problem.text) or 0
        if context.release >= since:
            yield Hit((document, document.line_span(problem.line)), {"reason": _REASONS[since]})


def assignment_outside_section(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding for each line before the first header."""
    own, kind = _own(unit), unit.catalogue_kind
    for document, problem in _problems(unit, "assignment-outside-section"):
        place = (document, document.line_span(problem.line))
        header = _without_bracket(problem.text, own)
        if header:
            yield Hit(place, {"what": "is a section header without its first bracket"}, suggestion=f"Write `{header}`.")
        elif not problem.text.startswith(INCLUDE):
            name = problem.text.partition("=")[0].rstrip()
            sections = [section for section in sections_with(kind, name) if section in own]
            hint = f"Put [{sections[0]}] above the line." if len(sections) == 1 else None
            yield Hit(place, {"what": "stands before the first [Section]"}, suggestion=hint)
        elif context.release >= INCLUDE_REMOVED_IN:
            yield Hit(place, {"what": OF_INCLUDE}, suggestion=INSTEAD_OF_INCLUDE)


def _without_bracket(text: str, sections: Collection[str]) -> str:
    """``[Unit]`` of ``Unit]`` and of ``Unit``, else nothing."""
    name = text.removesuffix("]").strip()
    return f"[{name}]" if name in sections else ""


def _own(unit: Unit) -> Collection[str]:
    """The sections that files of the unit's type have."""
    return sections_of((unit.quadlet or unit.type) if unit.catalogue_kind == "unit" else unit.catalogue_kind)


INCLUDE, INCLUDE_REMOVED_IN = ".include ", 246
OF_INCLUDE = f"is an .include, which systemd {INCLUDE_REMOVED_IN} removed"
INSTEAD_OF_INCLUDE = "Copy the lines that this unit needs out of the other file, or put what both share into drop-ins."


def unfilled_placeholder(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a file, at the first placeholder."""
    for document, problem in _problems(unit, "unfilled-placeholder"):
        yield Hit((document, document.line_span(problem.line)), {"text": problem.text})


def unknown_section(unit: Unit, context: Context) -> Iterator[Hit]:
    """A section that systemd does not read in this kind of file."""
    from unitlint.base.likeness import nearest

    for document, problem in _unknown_sections(unit, context.release):
        kind = unit.type if unit.type in UNIT_TYPES else unit.name
        fields = {"name": problem.text, "kind": kind}
        near = nearest(problem.text, sections_of(kind))
        hint = f"did you mean `{near}`?" if near else _other_file(problem.text, kind)
        meant = f"[{near}]" if near else None
        yield Hit((document, document.line_span(problem.line)), fields, suggestion=hint, replacement=meant)


def line_too_long(unit: Unit, _context: Context) -> Iterator[Hit]:
    """systemd reads lines of up to a mebibyte."""
    for document, problem in _problems(unit, "line-too-long"):
        span = document.line_span(problem.line)
        yield Hit((document, Span(span.line, span.column, span.line, min(span.end_column, span.column + 80))))


_REASONS = {
    251: "contains a quote, backslash or control character",
    261: "contains a second [, a quote or a wildcard",
    262: "names no section",
}


def _unknown_sections(unit: Unit, release: int) -> Iterator[tuple[Document, Problem]]:
    yield from _problems(unit, "unknown-section")
    for document, problem in _problems(unit, "bad-section-characters"):
        if release < (header_refused_since(problem.text) or 0) and not problem.text.startswith("X-"):
            yield document, problem


def _problems(unit: Unit, kind: str) -> Iterator[tuple[Document, Problem]]:
    for document in unit.documents:
        for problem in document.problems:
            if problem.kind == kind:
                yield document, problem


def _not_lost(unit: Unit, context: Context, kind: str) -> Iterator[tuple[Document, Problem]]:
    """Without those on lines that belong to an unclosed quote."""
    lost = judged(unit, context.release).lost
    for document, problem in _problems(unit, kind):
        if problem.line not in lost.get(id(document), ()):
            yield document, problem


def _other_file(name: str, kind: str) -> str | None:
    if name.lower() in UNIT_TYPES and kind in UNIT_TYPES:
        return f"[{name}] belongs in a file whose name ends in .{name.lower()}"
    return None


def _is_bad(char: str) -> bool:
    code = ord(char)
    return 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def crlf(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a file, at its first line with a carriage return."""
    for document in unit.documents:
        for number, line in enumerate(document.lines, 1):
            if "\r" in line:
                yield Hit(line_place(document, number))
                break


def nul(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a file, where its first NUL stands; of a text in UTF-16 UL001 says what it is."""
    for document in unit.documents:
        for number, line in enumerate(() if encoding_of_text(document.text) else document.lines, 1):
            if "\0" in line:
                column = line.index("\0") + 1
                yield Hit((document, Span(number, column, number, column + 1)))
                break


def empty_file_masks_unit(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Only a fragment without a single byte masks, not one with a comment, nor a note in a .wants folder.

    A link to /dev/null is meant to mask.
    """
    if unit.path.rpartition("/")[0].endswith(LINK_FOLDERS):
        return
    if unit.masked and not unit.masked_by_link and unit.documents and not unit.documents[0].text:
        yield Hit(line_place(unit.documents[0], 1))
