"""The beginning of a session, what the server offers, and what changes around it."""

from __future__ import annotations

import os

from unitlint.base.version import __version__
from unitlint.lsp.positions import UTF8, UTF16
from unitlint.lsp.protocol import INCREMENTAL_SYNC, LOG_WARNING
from unitlint.lsp.uris import path_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from unitlint.lsp.session import Session

FIX_ALL = "source.fixAll.unitlint"
_WATCHED = (
    "**/*.{service,socket,timer,target,mount,automount,path,slice,swap,scope,device}",
    "**/*.{container,volume,network,pod,kube,image,build,conf,preset}",
    "**/*.{j2,jinja,jinja2,erb,epp,tmpl,gotmpl,in}",
    "**/*.d",
)
"""What may change findings."""


def initialize(session: Session, parameters: dict[str, Any]) -> dict[str, Any]:
    """initialize: takes the client's capabilities and folders, and names those of the server."""
    capabilities = parameters.get("capabilities")
    session.capabilities = capabilities if isinstance(capabilities, dict) else {}
    encodings = session.client_can("general", "positionEncodings")
    session.documents.encoding = UTF8 if isinstance(encodings, list) and UTF8 in encodings else UTF16
    session.folders[:] = _folders(parameters)
    _configure(session, parameters.get("initializationOptions"))
    return {"capabilities": _capabilities(session), "serverInfo": {"name": "unitlint", "version": __version__}}


def _folders(parameters: dict[str, Any]) -> Iterable[str]:
    folders = parameters.get("workspaceFolders") or []
    uris = [folder.get("uri") for folder in folders] or [parameters.get("rootUri")]
    found = [path for path in (path_of(uri) for uri in uris if isinstance(uri, str)) if path is not None]
    root = parameters.get("rootPath")
    return found or ([os.path.abspath(root)] if isinstance(root, str) and root else [])


def _capabilities(session: Session) -> dict[str, Any]:
    return {
        "positionEncoding": session.documents.encoding,
        "textDocumentSync": {"openClose": True, "change": INCREMENTAL_SYNC, "save": {"includeText": False}},
        "diagnosticProvider": {
            "identifier": "unitlint",
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
        },
        "codeActionProvider": {
            "codeActionKinds": ["quickfix", FIX_ALL, "refactor"],
            "resolveProvider": True,
        },
        "completionProvider": {"triggerCharacters": ["[", "=", "%", ":", "@", "~", "+"], "resolveProvider": True},
        "hoverProvider": True,
        "definitionProvider": True,
        "referencesProvider": True,
        "documentSymbolProvider": True,
        "foldingRangeProvider": True,
        "documentFormattingProvider": True,
        "documentRangeFormattingProvider": True,
        "inlayHintProvider": True,
        "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}},
    }


def initialized(session: Session, parameters: dict[str, Any]) -> None:
    """initialized: asks to be told of files that change, where the client can."""
    del parameters
    if session.client_can("workspace", "didChangeWatchedFiles", "dynamicRegistration"):
        from unitlint.settings.files import NAMES

        patterns = (*_WATCHED, "**/{" + ",".join(NAMES) + ",rule.yaml,.gitignore}")
        watchers = [{"globPattern": pattern} for pattern in patterns]
        registration = {
            "id": "unitlint-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        }
        session.request("client/registerCapability", {"registrations": [registration]})


def files_changed(session: Session, parameters: dict[str, Any]) -> None:
    """workspace/didChangeWatchedFiles: another program wrote or removed files."""
    paths = [path_of(change["uri"]) for change in parameters.get("changes", ())]
    _refresh(session, [path for path in paths if path is not None])


def folders_changed(session: Session, parameters: dict[str, Any]) -> None:
    """workspace/didChangeWorkspaceFolders."""
    event = parameters["event"]
    removed = {path_of(folder["uri"]) for folder in event.get("removed", ())}
    added = [path_of(folder["uri"]) for folder in event.get("added", ())]
    kept = [folder for folder in session.folders if folder not in removed]
    session.folders[:] = [*kept, *[path for path in added if path is not None and path not in kept]]
    _refresh(session, [])


def configured(session: Session, parameters: dict[str, Any]) -> None:
    """workspace/didChangeConfiguration."""
    _configure(session, parameters.get("settings"))
    _refresh(session, [])


def _refresh(session: Session, paths: list[str]) -> None:
    from unitlint.lsp.publishing import refresh

    refresh(session, paths)


def _configure(session: Session, options: object) -> None:
    """Settings from the editor: ``{"settings": {"profile": "strict"}}``, perhaps below ``unitlint``."""
    if not isinstance(options, dict):
        return
    own = options.get("unitlint", options)
    given = own.get("settings") if isinstance(own, dict) else None
    if not given and not session.is_configured:
        return
    from unitlint.base.errors import UnitlintError

    session.is_configured = True
    try:
        session.workspace.settings.configure(given or {})
    except UnitlintError as error:
        message = f"unitlint: the editor's settings: {error.message}"
        session.notify("window/showMessage", {"type": LOG_WARNING, "message": message})
