"""What stands at a place of a unit file that is being written: a section, a directive, a value or a comment."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.syntax.lines import WHITESPACE, split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.kinds import Kind

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
        elif _goes_on(body):
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
    if "\ue000" in body[max(offset - at - 1, 0) : offset - at + 1]:
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


def _goes_on(body: str) -> bool:
    return body.endswith("\\") and (len(body) - len(body.rstrip("\\"))) % 2 == 1


def plain_text(document: TextDocument, kind: Kind) -> str:
    """The text, of a template with its blocks as comments and its placeholders blotted out, character for character."""
    if not kind.template or kind.template == "part":
        return document.checked_text
    if "plain" not in document.memo:
        from unitlint.syntax.template import read_template

        document.memo["plain"] = read_template(document.checked_text, kind.template).text
    text: str = document.memo["plain"]
    return text


def word_at(document: TextDocument, offset: int, separators: str = " \t,;\"'") -> tuple[int, int]:
    """The stretch of the word around a place, on its line."""
    text = document.text
    start = end = offset
    while start > 0 and text[start - 1] not in separators + "=\r\n\0":
        start -= 1
    while end < len(text) and text[end] not in separators + "\r\n\0":
        end += 1
    return start, end
