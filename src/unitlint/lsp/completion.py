"""What may be written at a place: sections, directives, values, specifiers, names of units and users."""

from __future__ import annotations

from functools import lru_cache

from unitlint.catalogue import directives_of, known, lookup
from unitlint.lsp import cursor as places
from unitlint.lsp.cursor import Cursor, name_end, place_asked_for
from unitlint.lsp.value_completion import values_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.kinds import Kind
    from unitlint.lsp.session import Session

PROPERTY, MODULE = 10, 9
"""Kinds of items: a directive, a section."""
_DEPRECATED_ITEM = 1


def complete(session: Session, parameters: dict[str, Any]) -> dict[str, Any]:
    """textDocument/completion."""
    place = place_asked_for(session, parameters)
    if place is None:
        return {"isIncomplete": False, "items": []}
    document, kind, cursor = place
    items: list[dict[str, Any]] = []
    if cursor.where == places.SECTION:
        items = _headers(kind, _header_span(document, cursor), opens="")
    elif cursor.where == places.DIRECTIVE and cursor.section is not None:
        items = _directives(session, document, kind, cursor)
    elif cursor.where == places.DIRECTIVE:  # above the first section only a section can begin
        items = _headers(kind, document.positions.range(cursor.start, cursor.offset), opens="[")
    elif cursor.where == places.VALUE:
        items = values_at(session, document, kind, cursor)
    return {"isIncomplete": False, "items": items}


def _order(kind: Kind) -> list[str]:
    """The sections in the order in which people write them."""
    last = ("Install",)
    middle = sorted(kind.sections - {"Unit", "Target", "Device", *last})  # these two have no directives
    return [name for name in ("Unit", *middle, *last) if name in kind.sections]


def _header_span(document: TextDocument, cursor: Cursor) -> dict[str, Any]:
    """The stretch behind the bracket of a section's header, with the closing one."""
    rest = document.text[cursor.offset : cursor.line_end]
    closing = rest.find("]")
    end = cursor.offset + closing + 1 if closing >= 0 else cursor.offset + len(rest.rstrip())
    return document.positions.range(cursor.start, end)


def _headers(kind: Kind, span: dict[str, Any], opens: str) -> list[dict[str, Any]]:
    """The sections of this type; ``opens`` is the bracket where it is still to be written."""
    return [
        {
            "label": f"[{name}]",
            "kind": MODULE,
            "filterText": name,
            "sortText": f"{number:02}",
            "textEdit": {"range": span, "newText": f"{opens}{name}]"},
        }
        for number, name in enumerate(_order(kind))
    ]


def _directives(session: Session, document: TextDocument, kind: Kind, cursor: Cursor) -> list[dict[str, Any]]:
    end = name_end(document, cursor)
    has_equals = document.text[end : cursor.line_end].lstrip(" \t")[:1] == "="
    span = document.positions.range(cursor.start, end)
    releases = tuple(session.workspace.settings_of(document).systemd_version)
    return [
        {**item, "textEdit": {"range": span, "newText": name if has_equals else f"{name}="}}
        for name, item in directive_items(kind.catalogue_kind, cursor.section or "", releases)
    ]


@lru_cache(maxsize=64)
def directive_items(kind: str, section: str, releases: tuple[int, ...]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The directives of a section that one of the releases knows, those of today first."""
    from unitlint.lsp.directive_words import history, type_word

    found = []
    for name in directives_of(kind, section):
        entry = lookup(kind, section, name) or {}
        fitting = [release for release in releases if known(entry, release)]
        if not fitting:
            continue
        is_old = bool(entry.get("replaced_by")) or any(release >= entry.get("removed_in", 9999) for release in releases)
        missing = ", ".join(str(release) for release in releases if release not in fitting)
        words = [type_word(entry), *history(entry), *([f"not in {missing}"] if missing else [])]
        item: dict[str, Any] = {
            "label": f"{name}=",
            "kind": PROPERTY,
            "filterText": name,
            "sortText": f"{'z' if is_old else 'a'}{name}",
            "detail": " · ".join(words),
            "data": [kind, section, name],
        }
        if is_old:
            item["tags"] = [_DEPRECATED_ITEM]
        found.append((name, item))
    return tuple(found)


def resolve(session: Session, parameters: dict[str, Any]) -> dict[str, Any]:
    """completionItem/resolve: the documentation of a directive."""
    del session
    data = parameters.get("data")
    if isinstance(data, list) and len(data) == 3:
        from unitlint.lsp.hover import about_directive

        entry = lookup(*map(str, data))
        if entry is not None:
            return {**parameters, "documentation": {"kind": "markdown", "value": about_directive(str(data[1]), entry)}}
    return parameters
