"""Findings on their way to the editor: sent after changes, or when it asks for them."""

from __future__ import annotations

import os

from unitlint.lsp.diagnostics import SOURCE, by_file, of_document
from unitlint.lsp.protocol import ERROR, INFORMATION, LOG_WARNING
from unitlint.lsp.settings_cache import is_settings_file
from unitlint.lsp.workspace import checked_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.errors import UnitlintError
    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session


def opened(session: Session, parameters: dict[str, Any]) -> None:
    """textDocument/didOpen."""
    session.workspace.touch(session.documents.open(parameters["textDocument"]))


def changed(session: Session, parameters: dict[str, Any]) -> None:
    """textDocument/didChange."""
    document = session.documents.get(parameters["textDocument"]["uri"])
    if document is None:
        session.log(f"didChange for a document that is not open: {parameters['textDocument']['uri']}", LOG_WARNING)
        return
    try:
        document.change(parameters["contentChanges"])
    finally:
        version = parameters["textDocument"].get("version")
        document.version = version if isinstance(version, int) else document.version
        session.workspace.touch(document)


def closed(session: Session, parameters: dict[str, Any]) -> None:
    """textDocument/didClose: nothing more is shown in the document."""
    document = session.documents.close(parameters["textDocument"]["uri"])
    if document is None:
        return
    workspace = session.workspace
    home = workspace.home_of(document)
    workspace.touch(document)
    if not any(workspace.home_of(other) == home for other in session.documents):
        workspace.due.discard(home)
        _publish_others(session, home, {})
    _publish(session, document.uri, [], None)


def saved(session: Session, parameters: dict[str, Any]) -> None:
    """textDocument/didSave: a settings file, or a unit that others look at, is on disk now."""
    del parameters
    session.workspace.touch()
    _ask_for_refresh(session)


def publish_due(session: Session) -> None:
    """Sends the findings of the open documents whose homes have changed."""
    workspace = session.workspace
    due, workspace.due = workspace.due, set()
    if session.client_can("textDocument", "diagnostic") is not None:
        publish_settings_errors(session)
        return  # it asks for them
    for home in sorted(due):
        documents = [one for one in session.documents if workspace.home_of(one) == home]
        others: dict[str, list[dict[str, Any]]] = {}
        for document in documents:
            _publish(session, document.uri, shown_in(session, document), document.version)
            if workspace.is_checked(document):
                others.update(by_file(session, workspace.report(document)))
        for document in documents:
            others.pop(checked_path(document), None)
        _publish_others(session, home, others)
    publish_settings_errors(session)


def shown_in(session: Session, document: TextDocument) -> list[dict[str, Any]]:
    """The diagnostics of one open document."""
    if document.is_too_large:
        start = {"line": 0, "character": 0}
        message = "this file is too large to be checked while it is edited; run `unitlint check`"
        return [
            {
                "range": {"start": start, "end": start},
                "severity": INFORMATION,
                "source": SOURCE,
                "message": message,
            }
        ]
    return of_document(session, document)


def _publish(session: Session, uri: str, diagnostics: list[dict[str, Any]], version: int | None) -> None:
    if session.client_can("textDocument", "diagnostic") is not None:
        return
    parameters: dict[str, Any] = {"uri": uri, "diagnostics": diagnostics}
    if version is not None:
        parameters["version"] = version
    session.notify("textDocument/publishDiagnostics", parameters)


def _publish_others(session: Session, home: str, found: dict[str, list[dict[str, Any]]]) -> None:
    """Findings in files that are not open, which an open text makes wrong; and no more those of before."""
    before = session.published.get(home, set())
    for path in sorted(before - found.keys()):
        if session.documents.at(path) is None:
            _publish(session, session.uri_at(path), [], None)
    for path, diagnostics in found.items():
        if os.path.isabs(path) and session.documents.at(path) is None:
            _publish(session, session.uri_at(path), diagnostics, None)
    session.published[home] = {path for path in found if os.path.isabs(path)}


def publish_settings_errors(session: Session) -> None:
    """A mistake in a settings file is shown in that file, and said once."""
    errors = session.workspace.settings.errors
    places = {os.path.abspath(error.path): error for error in errors if error.path is not None}
    for path in session.settings_errors.keys() - places.keys():
        session.notify("textDocument/publishDiagnostics", {"uri": session.uri_at(path), "diagnostics": []})
    for path, error in places.items():
        if session.settings_errors.get(path) != str(error):
            diagnostics = [_of_error(error)]
            session.notify("textDocument/publishDiagnostics", {"uri": session.uri_at(path), "diagnostics": diagnostics})
            session.notify("window/showMessage", {"type": ERROR, "message": f"unitlint: {error}"})
    session.settings_errors = {path: str(error) for path, error in places.items()}


def _of_error(error: UnitlintError) -> dict[str, Any]:
    line, column = (error.line or 1) - 1, (error.column or 1) - 1
    start = {"line": line, "character": column}
    message = error.message if error.hint is None else f"{error.message}\nhelp: {error.hint}"
    return {"range": {"start": start, "end": start}, "severity": ERROR, "source": SOURCE, "message": message}


def pull(session: Session, parameters: dict[str, Any]) -> dict[str, Any]:
    """textDocument/diagnostic: the findings of one document, and of others that it makes wrong."""
    document = session.document(parameters)
    diagnostics = shown_in(session, document)
    result = _result_id(diagnostics)
    if parameters.get("previousResultId") == result:
        return {"kind": "unchanged", "resultId": result}
    return {"kind": "full", "resultId": result, "items": diagnostics}


def pull_workspace(session: Session, parameters: dict[str, Any]) -> dict[str, Any]:
    """workspace/diagnostic: the findings of all files in the folders; what the client knows already goes without."""
    before = {known["uri"]: known["value"] for known in parameters.get("previousResultIds", ())}
    found: dict[str, list[dict[str, Any]]] = {}
    for folder in filter(os.path.exists, session.folders):  # one may have been removed since
        report = session.workspace.whole(folder, lambda *_: session.check_cancelled())
        for path, diagnostics in by_file(session, report).items():
            document = session.documents.at(path)
            # What is shown in an open document is what the client asks for with textDocument/diagnostic.
            found[session.uri_at(path)] = diagnostics if document is None else shown_in(session, document)
    for uri in before:
        found.setdefault(uri, [])
    return {"items": [_report(session, uri, diagnostics, before.get(uri)) for uri, diagnostics in found.items()]}


def _report(session: Session, uri: str, diagnostics: list[dict[str, Any]], before: str | None) -> dict[str, Any]:
    document = session.documents.get(uri)
    result = _result_id(diagnostics)
    report = {"uri": uri, "version": None if document is None else document.version, "resultId": result}
    if before == result:
        return {**report, "kind": "unchanged"}
    return {**report, "kind": "full", "items": diagnostics}


def _result_id(diagnostics: list[dict[str, Any]]) -> str:
    import json
    from hashlib import sha256

    return sha256(json.dumps(diagnostics, sort_keys=True).encode()).hexdigest()[:16]


def _ask_for_refresh(session: Session) -> None:
    """Has a client that asks for findings ask again."""
    if session.client_can("workspace", "diagnostics", "refreshSupport"):
        session.request("workspace/diagnostic/refresh")
    if session.client_can("workspace", "inlayHint", "refreshSupport"):
        session.request("workspace/inlayHint/refresh")


def refresh(session: Session, paths: list[str]) -> None:
    """Has everything looked at again, as these files changed."""
    if not paths or any(is_settings_file(path) or "rule.yaml" in path for path in paths):
        session.workspace.settings.forget()
    session.workspace.touch()
    _ask_for_refresh(session)
