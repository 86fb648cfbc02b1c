"""The outline of a document: sections with their directives, and what can be folded."""

from __future__ import annotations

from unitlint.lsp.cursor import plain_text
from unitlint.lsp.kinds import kind_of
from unitlint.syntax.lines import WHITESPACE
from unitlint.syntax.reader import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session
    from unitlint.syntax.document import Document

NAMESPACE, PROPERTY = 3, 7
"""Kinds of symbols: a section, a directive."""
_COMMENTS = ("#", ";")


def parsed(document: TextDocument) -> Document | None:
    """What systemd reads in a document, whatever its sections; None where it is no unit, drop-in or conf."""
    kind = kind_of(document)
    if kind is None:
        return None
    if "syntax" not in document.memo:
        document.memo["syntax"] = read(plain_text(document, kind), document.path or document.name)
    found: Document = document.memo["syntax"]
    return found


def symbols(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/documentSymbol: a tree, or a flat list for clients that know no trees."""
    document = session.document(parameters)
    syntax = parsed(document)
    if syntax is None:
        return []
    is_tree = session.client_can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport")
    positions = document.positions
    found: list[dict[str, Any]] = []
    headers = [*syntax.headers]
    for number, header in enumerate(headers):
        last = headers[number + 1].line - 1 if number + 1 < len(headers) else len(syntax.lines)
        last = _last_full_line(syntax, header.line, last)
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


def _symbol(document: TextDocument, syntax: Document, assignment: Any) -> dict[str, Any]:
    positions = document.positions
    end = len(syntax.line_text(assignment.end_line)) + 1
    return {
        "name": f"{assignment.directive}=",
        "detail": assignment.value if len(assignment.value) <= 80 else assignment.value[:77] + "...",
        "kind": PROPERTY,
        "range": positions.system_range(assignment.line, 1, assignment.end_line, end),
        "selectionRange": positions.system_range(*syntax.directive_span(assignment)),
    }


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


def _last_full_line(syntax: Document, first: int, last: int) -> int:
    """The last line down to ``last`` that is not blank, and no comment above the next section."""
    while last > first and not syntax.line_text(last).strip(WHITESPACE):
        last -= 1
    return last


def folding(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/foldingRange: sections, runs of comments, values over several lines."""
    document = session.document(parameters)
    syntax = parsed(document)
    if syntax is None:
        return []
    found = []
    headers = [header.line for header in syntax.headers]
    for number, first in enumerate(headers):
        last = headers[number + 1] - 1 if number + 1 < len(headers) else len(syntax.lines)
        found.append((first, _last_full_line(syntax, first, last), "region"))
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
