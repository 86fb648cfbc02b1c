"""The outline of a document: sections with their directives, and what can be folded."""

from __future__ import annotations

from unitlint.lsp.reading import syntax_of
from unitlint.syntax.document import OPAQUE
from unitlint.syntax.lines import WHITESPACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session
    from unitlint.syntax.document import Assignment, Document, Header

NAMESPACE, PROPERTY = 3, 7
"""Kinds of symbols: a section, a directive."""
_COMMENTS = ("#", ";")
_LONGEST = 80
"""Characters of a value that are shown."""


def symbols(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/documentSymbol: a tree, or a flat list for clients that know no trees."""
    document = session.document(parameters)
    syntax = syntax_of(document)
    if syntax is None:
        return []
    is_tree = session.client_can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport")
    positions = document.positions
    found: list[dict[str, Any]] = []
    for header, last in _sections(syntax):
        whole = positions.system_range(header.line, 1, last, len(syntax.line_text(last)) + 1)
        children = [
            _symbol(document, syntax, assignment)
            for assignment in syntax.assignments
            if header.line < assignment.line <= last
        ]
        section = {
            "name": f"[{header.name}]" if header.name else "[]",
            "kind": NAMESPACE,
            "range": whole,
            "selectionRange": positions.system_range(*syntax.line_span(header.line)),
            "children": children,
        }
        found.append(section)
    return found if is_tree else [flat for section in found for flat in _flat(document, section)]


def _symbol(document: TextDocument, syntax: Document, assignment: Assignment) -> dict[str, Any]:
    positions = document.positions
    value = _written(document, syntax, assignment)
    end = len(syntax.line_text(assignment.end_line)) + 1
    return {
        "name": f"{assignment.directive}=",
        "detail": value if len(value) <= _LONGEST else value[: _LONGEST - 3] + "...",
        "kind": PROPERTY,
        "range": positions.system_range(assignment.line, 1, assignment.end_line, end),
        "selectionRange": positions.system_range(*syntax.directive_span(assignment)),
    }


def _written(document: TextDocument, syntax: Document, assignment: Assignment) -> str:
    """The value, of a template with its placeholders as they stand in the file."""
    if OPAQUE not in assignment.value:
        return assignment.value
    span = syntax.value_span(assignment)
    positions = document.positions
    start, end = (
        positions.system_offset(line, column)
        for line, column in ((span.line, span.column), (span.end_line, span.end_column))
    )
    return " ".join(document.checked_text[start:end].split())


def _flat(document: TextDocument, section: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": one["name"],
            "kind": one["kind"],
            "location": {"uri": document.uri, "range": one["range"]},
            **({"containerName": section["name"]} if one is not section else {}),
        }
        for one in (section, *section["children"])
    ]


def _sections(syntax: Document) -> Iterator[tuple[Header, int]]:
    """Each header with the last line of its section that is not blank."""
    headers = syntax.headers
    for number, header in enumerate(headers):
        last = headers[number + 1].line - 1 if number + 1 < len(headers) else len(syntax.lines)
        while last > header.line and not syntax.line_text(last).strip(WHITESPACE):
            last -= 1
        yield header, last


def folding(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/foldingRange: sections, runs of comments, values over several lines."""
    document = session.document(parameters)
    syntax = syntax_of(document)
    if syntax is None:
        return []
    found = [(header.line, last, "region") for header, last in _sections(syntax)]
    found += [(first, last, "region") for first, last in syntax.continuations]
    begin = 0
    for line in range(1, len(syntax.lines) + 2):
        is_comment = line <= len(syntax.lines) and syntax.line_text(line).lstrip(WHITESPACE)[:1] in _COMMENTS
        if is_comment and not begin:
            begin = line
        elif not is_comment and begin:
            found.append((begin, line - 1, "comment"))
            begin = 0
    # Lines as the editor counts them; the two differ only where a lone CR or NUL stands in the text.
    line_of = document.positions.position
    offset = document.positions.system_offset
    return [
        {"startLine": line_of(offset(first, 1))["line"], "endLine": line_of(offset(last, 1))["line"], "kind": kind}
        for first, last, kind in found
        if last > first
    ]
