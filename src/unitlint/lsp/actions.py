"""What can be done about a finding: its fix, all fixes of a file, a comment that accepts it, a hardening drop-in."""

from __future__ import annotations

import os

from unitlint.lsp.diagnostics import as_diagnostic
from unitlint.lsp.kinds import kind_of
from unitlint.lsp.lifecycle import FIX_ALL
from unitlint.lsp.uris import uri_of
from unitlint.lsp.workspace import checked_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from unitlint.base.finding import Finding
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session

    Action = dict[str, Any]

REASON = "reason: TODO"
"""What a comment of ours ends in, for the author to go on."""


def code_actions(session: Session, parameters: dict[str, Any]) -> list[Action]:
    """textDocument/codeAction."""
    document = session.document(parameters)
    if not session.workspace.is_checked(document):
        return []
    wanted = (parameters.get("context") or {}).get("only")
    actions = [*_about_findings(session, document, parameters["range"]), *_about_document(session, document)]
    return [action for action in actions if wanted is None or _is_of(action["kind"], wanted)]


def _is_of(kind: str, wanted: Iterable[str]) -> bool:
    return any(kind == one or kind.startswith(f"{one}.") or not one for one in wanted)


def _about_findings(session: Session, document: TextDocument, span: dict[str, Any]) -> Iterator[Action]:
    report = session.workspace.report(document)
    start, end = document.positions.offset(span["start"]), document.positions.offset(span["end"])
    touched = [one for one in report.findings if _touches(document, one, start, end)]
    for finding in touched:
        diagnostic = as_diagnostic(session, finding, document.positions, report.sources)
        fix = _fix(session, document, finding)
        if fix is not None:
            yield {**fix, "diagnostics": [diagnostic]}
    for finding in {(one.code, one.line): one for one in touched}.values():
        comment = _suppression(session, document, finding)
        if comment is not None:
            diagnostic = as_diagnostic(session, finding, document.positions, report.sources)
            yield {**comment, "diagnostics": [diagnostic]}


def _touches(document: TextDocument, finding: Finding, start: int, end: int) -> bool:
    """Whether a finding lies on the lines of the selection."""
    if finding.path != checked_path(document):
        return False
    positions = document.positions
    first = positions.position(positions.system_offset(finding.line, 1))["line"]
    last = positions.position(positions.system_offset(finding.end_line, 1))["line"]
    return first <= positions.position(end)["line"] and positions.position(start)["line"] <= last


def _fix(session: Session, document: TextDocument, finding: Finding) -> Action | None:
    fix = finding.fix
    if fix is None:
        return None
    text, positions = document.checked_text, document.positions
    edits = []
    for edit in fix.edits:
        stop = edit.start + len(edit.old)
        if text[edit.start : stop] != edit.old:
            return None
        edits.append({"range": positions.range(edit.start, stop), "newText": edit.new})
    says = fix.says[:1].upper() + fix.says[1:]
    action: Action = {
        "title": f"{says} ({finding.code})" if fix.safe else f"{says} ({finding.code}, may change more)",
        "kind": "quickfix",
        "edit": _changes(session, document, edits),
    }
    if fix.safe:
        action["isPreferred"] = True
    return action


def _suppression(session: Session, document: TextDocument, finding: Finding) -> Action | None:
    """A comment above the line that keeps the finding away, with a place for the reason."""
    from unitlint.engine.suppress import UNUSED
    from unitlint.files.classify import is_host
    from unitlint.fix.ignore_comments import with_ignores

    if finding.name == UNUSED or is_host(finding.path):
        return None
    before = document.text
    after = with_ignores(before, {finding.line: [finding.code]}, REASON)
    if after is None or after == before:
        return None
    start, end, new = _difference(before, after)
    edits = [{"range": document.positions.range(start, end), "newText": new}]
    return {
        "title": f"Ignore {finding.code} ({finding.name}) here, with a comment",
        "kind": "quickfix",
        "edit": _changes(session, document, edits),
    }


def _about_document(session: Session, document: TextDocument) -> Iterator[Action]:
    report = session.workspace.report(document)
    path = checked_path(document)
    if any(one.path == path and one.fix is not None and one.fix.safe for one in report.findings):
        yield _lazy(session, document, "Fix all that unitlint can fix safely", FIX_ALL, "fix-all")
    kind = kind_of(document)
    if kind is None or kind.type != "service" or kind.is_drop_in or kind.template or document.path is None:
        return
    if "create" in (session.client_can("workspace", "workspaceEdit", "resourceOperations") or ()):
        title = f"Add a drop-in that hardens {kind.name}"
        yield _lazy(session, document, title, "refactor.rewrite.unitlint.harden", "harden")


def _lazy(session: Session, document: TextDocument, title: str, kind: str, what: str) -> Action:
    """An action whose edit is made when it is chosen, where the client can wait for that."""
    action: Action = {"title": title, "kind": kind, "data": {"what": what, "uri": document.uri}}
    can_wait = session.client_can("textDocument", "codeAction", "resolveSupport", "properties") or ()
    return action if "edit" in can_wait else resolve(session, action)


def resolve(session: Session, parameters: dict[str, Any]) -> Action:
    """codeAction/resolve."""
    data = parameters.get("data")
    document = session.documents.get(data.get("uri", "")) if isinstance(data, dict) else None
    if document is None or data is None:
        return parameters
    edit = _all_fixes(session, document) if data.get("what") == "fix-all" else _hardening(session, document)
    return parameters if edit is None else {**parameters, "edit": edit}


def _all_fixes(session: Session, document: TextDocument) -> Any:
    after = session.workspace.fixed(document)
    start, end, new = _difference(document.checked_text, after)
    return _changes(session, document, [{"range": document.positions.range(start, end), "newText": new}])


def _hardening(session: Session, document: TextDocument) -> Any:
    """The new file; None where there is one already, or where nothing is to be proposed."""
    from unitlint.base.errors import UnitlintError
    from unitlint.engine.hardening import place_of_drop_in, plan_for
    from unitlint.report.hardening import render

    unit = session.workspace.unit(document)
    settings = session.workspace.settings_of(document)
    if unit is None or unit.type != "service" or not unit.has_fragment or unit.masked:
        return None
    path = os.path.abspath(place_of_drop_in(unit, settings.root))
    try:
        plan = plan_for(unit, "safe", settings, path)
    except UnitlintError:
        return None
    if not plan.lines or os.path.lexists(path):
        return None
    uri, start = uri_of(path), {"line": 0, "character": 0}
    text = render(plan, path).encode("utf-8", "backslashreplace").decode()
    return {
        "documentChanges": [
            {"kind": "create", "uri": uri, "options": {"overwrite": False, "ignoreIfExists": False}},
            {
                "textDocument": {"uri": uri, "version": None},
                "edits": [{"range": {"start": start, "end": start}, "newText": text}],
            },
        ]
    }


def _difference(before: str, after: str) -> tuple[int, int, str]:
    """The one stretch that differs: where it begins and ends in ``before``, and what stands there afterwards."""
    start = 0
    most = min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, len(before) - end, after[start : len(after) - end]


def _changes(session: Session, document: TextDocument, edits: list[dict[str, Any]]) -> dict[str, Any]:
    if session.client_can("workspace", "workspaceEdit", "documentChanges"):
        identifier = {"uri": document.uri, "version": document.version}
        return {"documentChanges": [{"textDocument": identifier, "edits": edits}]}
    return {"changes": {document.uri: edits}}
