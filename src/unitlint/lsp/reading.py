"""A document as systemd reads it: its text without the marks of a template, and the assignments in that."""

from __future__ import annotations

from unitlint.lsp.kinds import kind_of
from unitlint.syntax.reader import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.kinds import Kind
    from unitlint.syntax.document import Document


def plain_text(document: TextDocument, kind: Kind) -> str:
    """The text, of a template with its blocks as comments and its placeholders blotted out, character for character."""
    if not kind.template or kind.template == "part":
        return document.checked_text
    if "plain" not in document.memo:
        from unitlint.syntax.template import read_template

        document.memo["plain"] = read_template(document.checked_text, kind.template).text
    text: str = document.memo["plain"]
    return text


def syntax_of(document: TextDocument) -> Document | None:
    """What systemd reads in a document, whatever its sections; None where it is no unit, drop-in or conf."""
    kind = kind_of(document)
    if kind is None:
        return None
    if "syntax" not in document.memo:
        document.memo["syntax"] = read(plain_text(document, kind), document.path or document.name)
    found: Document = document.memo["syntax"]
    return found
