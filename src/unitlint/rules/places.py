"""Places for findings about what is not there."""

from __future__ import annotations

from unitlint.finding import Span
from unitlint.rules.model import Place
from unitlint.syntax.document import Document
from unitlint.units.unit import Unit


def header_place(unit: Unit, section: str) -> Place | None:
    """The first header of ``section``, or else the first line of the unit's first file."""
    for document in unit.documents:
        for header in document.headers:
            if header.name == section:
                return document, document.line_span(header.line)
    return line_place(unit.documents[0], 1) if unit.documents else None


def line_place(document: Document, line: int) -> tuple[Document, Span]:
    """A whole physical line."""
    return document, document.line_span(line)
