"""From a unit's name to its files, from a directive to where its value comes from, and back to who names a unit."""

from __future__ import annotations

import re

from unitlint.lsp import cursor as places
from unitlint.lsp.cursor import place_asked_for
from unitlint.lsp.positions import Positions
from unitlint.lsp.unit_index import UnitIndex, files_of, index_of, name_at
from unitlint.lsp.workspace import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.files.source import Source
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session
    from unitlint.syntax.document import Assignment


def definition(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/definition: of a unit's name its files; of a directive the lines that decide its value; of a
    section header the files that the unit is made of."""
    place = place_asked_for(session, parameters)
    if place is None:
        return []
    document, _, cursor = place
    if cursor.where == places.VALUE:
        found = name_at(document.text, cursor.offset)
        sources = [] if found is None else files_of(index_of(session, document), found[0])
        return [location_of(session, source.path) for source in sources]
    if cursor.where == places.DIRECTIVE and cursor.section is not None:
        name = document.text[cursor.start : cursor.line_end].partition("=")[0].strip()
        return _deciding(session, document, cursor.section, name)
    if cursor.where == places.SECTION:
        return _own_files(session, document)
    return []


def _deciding(session: Session, document: TextDocument, section: str, directive: str) -> list[dict[str, Any]]:
    unit = session.workspace.unit(document)
    if unit is None:
        return []
    return [_at(session, document, assignment) for assignment in unit.all(section, directive)]


def _at(session: Session, document: TextDocument, assignment: Assignment) -> dict[str, Any]:
    path = document.path if assignment.path == real_path(document) and document.path else assignment.path
    target = session.documents.at(path)
    positions = target.positions if target else Positions(assignment.document.text, session.documents.encoding)
    span = assignment.document.directive_span(assignment)
    return location_of(session, path, positions.system_range(*span))


def _own_files(session: Session, document: TextDocument) -> list[dict[str, Any]]:
    """The other files of the unit that a document is a part of."""
    unit = session.workspace.unit(document)
    if unit is None:
        return []
    own = real_path(document)
    return [location_of(session, one.path) for one in unit.documents if one.path != own]


def location_of(session: Session, path: str, span: dict[str, Any] | None = None) -> dict[str, Any]:
    """A place in a file, its beginning where none is given."""
    start = {"line": 0, "character": 0}
    return {"uri": session.uri_at(path), "range": {"start": start, "end": start} if span is None else span}


def references(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/references: where files of the workspace name a unit; on a section header the document's own."""
    place = place_asked_for(session, parameters)
    if place is None:
        return []
    document, kind, cursor = place
    if cursor.where == places.COMMENT:
        return []
    found = name_at(document.text, cursor.offset) if cursor.where == places.VALUE else None
    index = index_of(session, document)
    name = found[0] if found is not None else kind.name
    wanted = {name, *_other_names(index, name)}
    places_found = [place for source in index.sources for place in _named_in(session, source, wanted)]
    places_found += [location_of(session, link.path) for one in wanted for link in index.links.get(one, ())]
    if (parameters.get("context") or {}).get("includeDeclaration"):
        places_found += [location_of(session, source.path) for source in files_of(index, name)]
    return places_found


def _other_names(index: UnitIndex, name: str) -> Iterator[str]:
    """The Quadlet file that a service is generated from, and the service of a Quadlet file."""
    from unitlint.files.names import quadlet_type, service_of

    if quadlet_type(name):
        yield service_of(name)
    for quadlet in index.fragments:
        if quadlet_type(quadlet) and service_of(quadlet) == name:
            yield quadlet


def _named_in(session: Session, source: Source, names: set[str]) -> Iterator[dict[str, Any]]:
    """The places in values of one file that name one of these units."""
    session.check_cancelled()
    text = _text_of(session, source)
    if text is None or not any(name in text for name in names):
        return
    positions = Positions(text, session.documents.encoding)
    alternatives = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    at = 0
    for line in text.splitlines(keepends=True):
        stripped = line.lstrip()
        begin = line.find("=") + 1 if "=" in line else 0
        if stripped[:1] not in ("#", ";", "["):
            for found in re.finditer(rf"(?<![\w:.\\@/-])(?:{alternatives})(?![\w\\@-]|\.\w)", line[begin:]):
                start = at + begin + found.start()
                span = positions.range(start, start + len(found[0]))
                yield location_of(session, source.path, span)
        at += len(line)


def _text_of(session: Session, source: Source) -> str | None:
    """The text of a file: that in the editor, else that on disk; None where it cannot be read any more."""
    from unitlint.base.safe_read import CannotReadError, read_bytes
    from unitlint.syntax.reader import decode

    document = session.documents.at(source.path)
    if document is not None:
        return document.text
    try:
        return decode(source.data if source.data is not None else read_bytes(source.path))
    except CannotReadError:
        return None
