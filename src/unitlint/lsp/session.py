"""What the server knows of its client and of the editor's texts; every feature is handed this."""

from __future__ import annotations

from unitlint.lsp.documents import Documents, TextDocument
from unitlint.lsp.protocol import INVALID_PARAMS, LOG_ERROR, CancelledError, RequestError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from unitlint.lsp.unit_index import UnitIndex
    from unitlint.lsp.workspace import Workspace

    Message = dict[str, Any]


class Session:
    """One client, from initialize to exit. ``send`` takes the messages for it."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self.send = send
        self.capabilities: Message = {}
        """What the client can do, as it said in initialize."""
        self.documents = Documents()
        self.folders: list[str] = []
        """The folders of the editor's workspace."""
        self.is_configured = False
        """Whether the editor has brought settings of its own."""
        self._workspace: Workspace | None = None
        self.is_cancelled: Callable[[], bool] = bool
        """Whether the client still waits for the request that is being answered."""
        self.published: dict[str, set[str]] = {}
        """By home the files that are not open, but in which something is shown."""
        self.settings_errors: dict[str, str] = {}
        """What was said of settings files, by path."""
        self.index: tuple[object, UnitIndex] | None = None
        """The units of the workspace, with what they were looked up for; see unit_index.py."""
        self._requests = 0

    @property
    def workspace(self) -> Workspace:
        """The texts and files; made with the first document, as what it takes is most of a cold start."""
        if self._workspace is None:
            from unitlint.lsp.workspace import Workspace

            self._workspace = Workspace(self.documents, self.folders)
        return self._workspace

    @property
    def is_due(self) -> bool:
        """Whether findings wait to be published."""
        return self._workspace is not None and bool(self._workspace.due)

    def client_can(self, *path: str) -> Any:
        """What stands in the client's capabilities at this path; None where it names nothing there."""
        found: Any = self.capabilities
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def notify(self, method: str, parameters: Message) -> None:
        """Sends a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": parameters})

    def request(self, method: str, parameters: Message | None = None) -> None:
        """Sends a request, whose answer is of no interest."""
        self._requests += 1
        message: Message = {"jsonrpc": "2.0", "id": f"unitlint-{self._requests}", "method": method}
        self.send(message if parameters is None else {**message, "params": parameters})

    def log(self, text: str, level: int = LOG_ERROR) -> None:
        """Writes a line into the editor's log of this server."""
        self.notify("window/logMessage", {"type": level, "message": text})

    def document(self, parameters: Message) -> TextDocument:
        """The open document that a request is about; raises RequestError where it is not open."""
        uri = parameters["textDocument"]["uri"]
        document = self.documents.get(uri)
        if document is None:
            raise RequestError(INVALID_PARAMS, f"this document is not open: {uri}")
        return document

    def check_cancelled(self) -> None:
        """Raises CancelledError where the client does not wait any more; long requests ask now and then."""
        if self.is_cancelled():
            raise CancelledError

    def uri_at(self, path: str) -> str:
        """The URI of a file, as the client writes it where it has the file open."""
        from unitlint.lsp.uris import uri_of

        document = self.documents.at(path)
        return uri_of(path) if document is None else document.uri
