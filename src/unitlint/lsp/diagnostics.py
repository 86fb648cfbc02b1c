"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import os

from unitlint.lsp.positions import Positions
from unitlint.lsp.protocol import DEPRECATED, ERROR, HINT, INFORMATION, UNNECESSARY, WARNING
from unitlint.lsp.workspace import checked_path, real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session

SEVERITIES = {"error": ERROR, "warning": WARNING, "info": INFORMATION}
SOURCE = "unitlint"
_DEPRECATED = ("deprecated", "removed", "legacy", "obsolete", "memory-limit")
"""Words in the names of rules about what systemd is giving up."""
_UNNECESSARY = ("without-effect", "unused", "redundant", "duplicate")


def of_document(session: Session, document: TextDocument) -> list[dict[str, Any]]:
    """Everything to be shown in an open document: its findings, and the lines that something else overrides."""
    if not session.workspace.is_checked(document):
        return []
    report = session.workspace.report(document)
    path = checked_path(document)
    found = [one for one in report.findings if one.path == path]
    shown = [as_diagnostic(session, one, document.positions, report.sources) for one in found]
    taken = {finding.line for finding in found}
    return shown + [one for one in overridden(session, document) if one["range"]["start"]["line"] + 1 not in taken]


def by_file(session: Session, report: Report) -> dict[str, list[dict[str, Any]]]:
    """The diagnostics of a report by path."""
    places = _PlacesIn(session, report.sources)
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in report.findings:
        diagnostic = as_diagnostic(session, finding, places[finding.path], report.sources)
        found.setdefault(finding.path, []).append(diagnostic)
    return found


class _PlacesIn(dict[str, Positions]):
    """The positions of each file of a report, made once."""

    def __init__(self, session: Session, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._session = session
        self._texts = texts

    def __missing__(self, path: str) -> Positions:
        document = self._session.documents.at(path)
        encoding = self._session.documents.encoding
        found = document.positions if document else Positions(self._texts.get(path, ""), encoding)
        self[path] = found
        return found


def as_diagnostic(session: Session, finding: Finding, positions: Positions, texts: Mapping[str, str]) -> dict[str, Any]:
    """One finding; what the client cannot show is left out."""
    span = positions.system_range(finding.line, finding.column, finding.end_line, finding.end_column)
    diagnostic: dict[str, Any] = {
        "range": span,
        "severity": SEVERITIES[finding.severity],
        "code": finding.code,
        "source": SOURCE,
        "message": f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message,
    }
    if finding.url:
        diagnostic["codeDescription"] = {"href": finding.url}
    tags = [tag for tag in tags_of(finding) if _shows_tag(session, tag)]
    if tags:
        diagnostic["tags"] = tags
    if finding.related and _wants(session, "relatedInformation"):
        diagnostic["relatedInformation"] = list(_related(session, finding, texts))
    diagnostic["data"] = {"name": finding.name, "fixable": finding.fix is not None}
    return diagnostic


def tags_of(finding: Finding) -> list[int]:
    """Whether a finding is about something unnecessary or deprecated."""
    tags = []
    if any(word in finding.name for word in _UNNECESSARY):
        tags.append(UNNECESSARY)
    if any(word in finding.name for word in _DEPRECATED):
        tags.append(DEPRECATED)
    return tags


def _related(session: Session, finding: Finding, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    places = _PlacesIn(session, texts)
    for other in finding.related:
        span = places[other.path].system_range(other.line, other.column, other.line, other.column + 1)
        yield {"location": {"uri": session.uri_at(other.path), "range": span}, "message": other.message}


def overridden(session: Session, document: TextDocument) -> list[dict[str, Any]]:
    """A hint for each line whose value does not hold, for editors that show such lines paler."""
    if not _shows_tag(session, UNNECESSARY):
        return []
    unit = session.workspace.unit(document)
    if unit is None or unit.masked:
        return []
    from unitlint.report.show import fates_of

    fates = fates_of(unit)
    path = real_path(document)
    lines = [
        assignment
        for found in unit.assignments.values()
        for assignment in found
        if assignment.document.path == path and fates.get(id(assignment)) == "overridden"
    ]
    return [_hint(session, document, one, unit.all(one.section, one.directive)[-1:]) for one in lines]


def _hint(session: Session, document: TextDocument, assignment: Any, holding: Iterable[Any]) -> dict[str, Any]:
    positions = document.positions
    start = positions.system_offset(assignment.line, 1)
    text = positions.text
    while start < len(text) and text[start] in " \t\ufeff":
        start += 1
    end = positions.system_offset(assignment.end_line, len(assignment.document.line_text(assignment.end_line)) + 1)
    folder = os.path.dirname(assignment.path)
    by = next((f" by {os.path.relpath(one.path, folder)}:{one.line}" for one in holding), "")
    return {
        "range": positions.range(start, max(start, end)),
        "severity": HINT,
        "source": SOURCE,
        "message": f"{assignment.directive}= is overridden{by}",
        "tags": [UNNECESSARY],
    }


def _wants(session: Session, name: str) -> bool:
    return bool(
        session.client_can("textDocument", "publishDiagnostics", name)
        or session.client_can("textDocument", "diagnostic", name)
    )


def _shows_tag(session: Session, tag: int) -> bool:
    for feature in ("publishDiagnostics", "diagnostic"):
        known = session.client_can("textDocument", feature, "tagSupport", "valueSet")
        if isinstance(known, list) and tag in known:
            return True
    return False
