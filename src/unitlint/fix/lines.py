"""Mends of lines as such: headers, line ends, continuations, comments behind values, lines without effect."""

from __future__ import annotations

from bisect import bisect_left

from unitlint.base.finding import Edit, Fix, Span
from unitlint.base.likeness import is_only_name, nearest
from unitlint.catalogue import directives_of, sections_of
from unitlint.fix import edits
from unitlint.fix.value_problems import problems_with
from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.lines import WHITESPACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context, Hit
    from unitlint.units.unit import Unit


def missing_equals(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """``Restart: always`` and ``Restart always``, where the first word is a directive that takes the rest."""
    document, span = _stretch(hit)
    text = document.line_text(span.line)[span.column - 1 :]
    name, _, value = text.replace(":", " ", 1).partition(" ")
    section = next((header.name for header in reversed(document.headers) if header.line < span.line), "")
    value = value.strip(WHITESPACE)
    if name not in directives_of(unit.catalogue_kind, section) or not value or value.endswith("\\"):
        return None
    if problems_with(unit, section, name, value, context) != ():
        return None
    new = f"{name}={value}"
    return Fix((edits.of_span(document, span, new),), safe=False, says=f"write `{new}`")


def section_header(unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """The missing bracket."""
    document, span = _stretch(hit)
    name = document.line_text(span.line).strip(WHITESPACE)[1:]
    if name not in sections_of(_type(unit)):
        return None
    return Fix((edits.of_span(document, span, f"[{name}]"),), safe=True, says=f"write `[{name}]`")


def section_name(unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """The section that was meant; safe where the file has no such section yet."""
    document, span = _stretch(hit)
    name = str(hit.fields.get("name", ""))
    known = sections_of(_type(unit))
    meant = nearest(name.capitalize(), known)
    if meant is None or document.line_text(span.line).strip(WHITESPACE) != f"[{name}]":
        return None
    safe = is_only_name(name, meant, known) and document.last_header(meant) is None
    return Fix((edits.of_span(document, span, f"[{meant}]"),), safe, f"write `[{meant}]`")


def blanks_behind_backslash(unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """The blanks go, so that the next line is a part of the value; safe where it is nothing by itself."""
    line = hit.at
    if not isinstance(line, Assignment):
        return None
    document, following = line.document, line.end_line + 1
    text = document.line_text(line.end_line)
    bare = text.rstrip(WHITESPACE)
    blanks = Edit(edits.offset(document, line.end_line, len(bare) + 1), text[len(bare) :], "")
    known = directives_of(unit.catalogue_kind, line.section)
    at = bisect_left(document.assignments, following, key=_line_of)
    below = next((found for found in document.assignments[at : at + 1] if found.line == following), None)
    is_assignment = below is not None and below.directive in known
    continues = below is not None or _has_no_equals(document, following)
    return Fix((blanks,), continues and not is_assignment, "remove the spaces after the backslash")


def _line_of(assignment: Assignment) -> int:
    return assignment.line


def _has_no_equals(document: Document, line: int) -> bool:
    """True of a line that systemd ignores because it assigns nothing."""
    text = document.line_text(line).strip(WHITESPACE) if line <= len(document.lines) else ""
    return text[:1] not in ("", "#", ";", "[") and "=" not in text


def last_backslash(_unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """The backslash goes: nothing follows it, or nothing but comments."""
    document, span = _stretch(hit)
    for number in range(len(document.lines), span.line - 1, -1):
        text = document.line_text(number)
        if text.lstrip(WHITESPACE)[:1] in ("#", ";"):
            continue
        if not text.endswith("\\"):
            return None
        start = len(text[:-1].rstrip(" \t")) if text[:-1].strip(WHITESPACE) else len(text) - 1
        edit = Edit(edits.offset(document, number, start + 1), text[start:], "")
        return Fix((edit,), safe=True, says="remove the backslash")
    return None


def trailing_comment(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The comment on a line of its own above; safe where systemd objects to the value with it, and not without."""
    line = hit.at
    if not isinstance(line, Assignment) or hit.span is None or line.line != line.end_line:
        return None
    comment = line.value[hit.span[0] :]
    value = line.value[: hit.span[0]].rstrip(WHITESPACE)
    cut = edits.of_value(line, len(value), len(line.value), "")
    if cut is None or not value or problems_with(unit, line.section, line.directive, value, context) != ():
        return None
    problems = problems_with(unit, line.section, line.directive, line.value, context)
    safe = bool(problems) and all(one.effect != "warned" for one in problems or ())
    return Fix((edits.before_line(line.document, line.line, comment), cut), safe, "put the comment above the line")


def carriage_returns(_unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """Lines end at ``\\n`` alone; systemd reads both alike."""
    document, _ = _stretch(hit)
    found = []
    at = document.text.find("\r\n")
    while at >= 0:
        found.append(Edit(at, "\r", ""))
        at = document.text.find("\r\n", at + 2)
    return Fix(tuple(found), safe=True, says="end lines with \\n") if found else None


def overridden(_unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """The line that does nothing goes."""
    line = hit.at
    if not isinstance(line, Assignment):
        return None
    gone = edits.without_lines(line.document, line.line, line.end_line)
    return Fix((gone,), safe=True, says="remove the line")


def _stretch(hit: Hit) -> tuple[Document, Span]:
    if isinstance(hit.at, Assignment):
        return hit.at.document, hit.at.document.directive_span(hit.at)
    return hit.at


def _type(unit: Unit) -> str:
    return unit.name if unit.type == "conf" else unit.type
