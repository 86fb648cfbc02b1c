"""What stands at a place of a unit file that is being written: a section, a directive, a value or a comment."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.lsp.kinds import kind_of
from unitlint.lsp.reading import plain_text
from unitlint.syntax.document import OPAQUE
from unitlint.syntax.lines import WHITESPACE, goes_on, split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.kinds import Kind
    from unitlint.lsp.session import Session

SECTION, DIRECTIVE, VALUE, COMMENT, NOTHING = "section", "directive", "value", "comment", "nothing"
_LINE_ENDS = "\r\n\0"


class Cursor(NamedTuple):
    """``where`` is one of the words above; offsets count in code points from the beginning of the text.

    ``before`` is what stands before the place: of the section's name, of the directive's, or of the value.
    """

    where: str
    section: str | None
    directive: str
    before: str
    start: int
    """Where the line, name or value that is at the place begins on this physical line."""
    offset: int
    line_end: int
    """The end of this physical line."""


def place_asked_for(session: Session, parameters: dict[str, Any]) -> tuple[TextDocument, Kind, Cursor] | None:
    """The document and place that a request is about; None where the document is no unit, drop-in or conf."""
    document = session.document(parameters)
    kind = kind_of(document)
    if kind is None:
        return None
    return document, kind, cursor_at(document, kind, document.positions.offset(parameters["position"]))


def cursor_at(document: TextDocument, kind: Kind, offset: int) -> Cursor:
    """What stands at ``offset``, by the reading rules of systemd; placeholders of templates are nothing."""
    text = plain_text(document, kind)
    section: str | None = None
    held = ""
    at = 0
    for line in [*split_lines(text), ""]:
        body = line.rstrip(_LINE_ENDS)
        end = at + len(body)
        is_here = offset <= end or not line
        stripped = body.lstrip(WHITESPACE)
        if stripped[:1] in ("#", ";"):
            if is_here:
                return Cursor(COMMENT, section, "", "", at, offset, end)
        elif is_here:
            return _within(section, held, body, at, offset)
        elif goes_on(body):
            held += body[:-1] + " "
        else:
            whole = (held + body).strip(WHITESPACE)
            if whole[:1] == "[" and whole[-1:] == "]":
                section = whole[1:-1]
            held = ""
        at += len(line)
    return Cursor(NOTHING, section, "", "", offset, offset, offset)


def _within(section: str | None, held: str, body: str, at: int, offset: int) -> Cursor:
    """The place in a logical line, of which ``held`` are the earlier physical lines."""
    here = body[: max(offset - at, 0)]
    end = at + len(body)
    indent = at + len(here) - len(here.lstrip(WHITESPACE))
    if OPAQUE in body[max(offset - at - 1, 0) : offset - at + 1]:
        return Cursor(NOTHING, section, "", "", offset, offset, end)
    name, equals, value = (held + here).partition("=")
    if not held and here.lstrip(WHITESPACE)[:1] == "[":
        return Cursor(SECTION, section, "", here.lstrip(WHITESPACE)[1:].rstrip("]"), indent + 1, offset, end)
    if not equals:
        if held:
            return Cursor(NOTHING, section, "", "", offset, offset, end)
        return Cursor(DIRECTIVE, section, here.strip(WHITESPACE), here.lstrip(WHITESPACE), indent, offset, end)
    before = value.lstrip(WHITESPACE)
    start = offset - len(before)
    if "=" not in held:
        start = max(start, at + here.index("=") + 1)
    return Cursor(VALUE, section, name.strip(WHITESPACE), before, max(start, at), offset, end)


def name_end(document: TextDocument, cursor: Cursor) -> int:
    """Where the name of the directive at the cursor ends."""
    text, end = document.text, cursor.offset
    while end < cursor.line_end and (text[end].isalnum() or text[end] in "-_"):
        end += 1
    return end


def word_at(document: TextDocument, offset: int, separators: str = " \t,;\"'") -> tuple[int, int]:
    """The stretch of the word around a place, on its line."""
    text = document.text
    start = end = offset
    while start > 0 and text[start - 1] not in separators + "=\r\n\0":
        start -= 1
    while end < len(text) and text[end] not in separators + "\r\n\0":
        end += 1
    return start, end
