"""The loop of the server: one message after the other, none of which can end it."""

from __future__ import annotations

import os
import sys

from unitlint.base import late_imports
from unitlint.lsp import protocol
from unitlint.lsp.protocol import CancelledError, RequestError
from unitlint.lsp.session import Session
from unitlint.lsp.transport import Inbox, MalformedError, write_message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

REQUESTS = {
    "initialize": "lifecycle:initialize",
    "textDocument/diagnostic": "publishing:pull",
    "workspace/diagnostic": "publishing:pull_workspace",
    "textDocument/codeAction": "actions:code_actions",
    "codeAction/resolve": "actions:resolve",
    "textDocument/completion": "completion:complete",
    "completionItem/resolve": "completion:resolve",
    "textDocument/hover": "hover:hover",
    "textDocument/definition": "navigation:definition",
    "textDocument/references": "navigation:references",
    "textDocument/documentSymbol": "outline:symbols",
    "textDocument/foldingRange": "outline:folding",
    "textDocument/formatting": "formatting:format_document",
    "textDocument/rangeFormatting": "formatting:format_range",
    "textDocument/inlayHint": "inlay_hints:inlay_hints",
}
"""The function below unitlint.lsp that answers each request; it takes the session and the parameters."""
NOTIFICATIONS = {
    "initialized": "lifecycle:initialized",
    "textDocument/didOpen": "publishing:opened",
    "textDocument/didChange": "publishing:changed",
    "textDocument/didClose": "publishing:closed",
    "textDocument/didSave": "publishing:saved",
    "workspace/didChangeWatchedFiles": "lifecycle:files_changed",
    "workspace/didChangeConfiguration": "lifecycle:configured",
    "workspace/didChangeWorkspaceFolders": "lifecycle:folders_changed",
}
MOST_DELAYED = 20
"""Diagnostics wait until no message does, but for no more than so many messages."""


class Server:
    """Answers messages; ``exit_status`` is None until the client says exit."""

    def __init__(self, send: Callable[[dict[str, Any]], None], cancelled: set[int | str] | None = None) -> None:
        self.session = Session(send)
        self.exit_status: int | None = None
        self._send = send
        self._cancelled = set() if cancelled is None else cancelled
        self._is_initialized = self._is_shut_down = False
        self._delayed = 0

    def handle(self, message: Any) -> None:
        """Does what one message asks for. Whatever it is, nothing is raised."""
        if isinstance(message, MalformedError):
            self._refuse(None, protocol.PARSE_ERROR, str(message))
        elif not isinstance(message, dict) or not isinstance(message.get("method", ""), str):
            self._refuse(None, protocol.INVALID_REQUEST, "a message must be an object with a method")
        elif "method" not in message:
            pass  # the answer to one of our own requests
        elif "id" in message:
            self._answer(message["id"], message["method"], message.get("params"))
        else:
            self._note(message["method"], message.get("params"))

    def idle(self, *, nothing_waits: bool = True) -> None:
        """Publishes what is due; called after each message."""
        if not self.session.is_due:
            return
        self._delayed += 1
        if nothing_waits or self._delayed > MOST_DELAYED:
            self._delayed = 0
            self._guarded("publishDiagnostics", lambda: _function("publishing:publish_due")(self.session))

    def _answer(self, request: Any, method: str, parameters: Any) -> None:
        try:
            result = self._result(request, method, {} if parameters is None else parameters)
        except RequestError as error:
            self._refuse(request, error.code, str(error))
        except Exception as error:  # a mistake in one request must not end the server
            self._say(method, error)
            self._refuse(request, protocol.INTERNAL_ERROR, f"{method} failed: {_words(error)}")
        else:
            self._send({"jsonrpc": "2.0", "id": request, "result": result})
        finally:
            self.session.is_cancelled = bool
            if isinstance(request, (int, str)):
                self._cancelled.discard(request)

    def _result(self, request: Any, method: str, parameters: Any) -> Any:
        if method == "shutdown":
            self._is_shut_down = True
            return None
        if not isinstance(parameters, dict):
            raise RequestError(protocol.INVALID_PARAMS, "the parameters must be an object")
        if method not in REQUESTS:
            raise RequestError(protocol.METHOD_NOT_FOUND, f"unknown request {method}")
        if self._is_shut_down or self._is_initialized == (method == "initialize"):
            code = protocol.INVALID_REQUEST if self._is_initialized else protocol.SERVER_NOT_INITIALIZED
            raise RequestError(code, f"{method} came at the wrong time")
        mistake = _mistake_in(parameters)
        if mistake is not None:
            raise RequestError(protocol.INVALID_PARAMS, mistake)
        if not isinstance(request, (int, str)):
            raise RequestError(protocol.INVALID_REQUEST, "the id of a request must be a number or a string")
        if request in self._cancelled:
            raise CancelledError
        self.session.is_cancelled = lambda: request in self._cancelled
        result = _function(REQUESTS[method])(self.session, parameters)
        self._is_initialized = True
        return result

    def _note(self, method: str, parameters: Any) -> None:
        if method == "exit":
            self.exit_status = 0 if self._is_shut_down else 1
        elif method == "$/cancelRequest":
            from unitlint.lsp.transport import cancelled_by

            self._cancelled.discard(cancelled_by({"method": method, "params": parameters}) or "")
        elif self._is_initialized and method in NOTIFICATIONS:
            given = parameters if isinstance(parameters, dict) else {}
            mistake = _mistake_in(given)
            if mistake is None:
                self._guarded(method, lambda: _function(NOTIFICATIONS[method])(self.session, given))
            else:
                self.session.log(f"{method} was ignored: {mistake}")

    def _guarded(self, what: str, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:  # as above
            self._say(what, error)

    def _refuse(self, request: Any, code: int, message: str) -> None:
        self._send({"jsonrpc": "2.0", "id": request, "error": {"code": code, "message": message}})

    def _say(self, what: str, error: Exception) -> None:
        """A line for the log: what failed, and where in the code."""
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        file = "" if place is None else f" ({os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno})"
        line = f"{what} failed: {_words(error)}{file}"
        print(f"unitlint lsp: {line}", file=sys.stderr, flush=True)
        self.session.log(line)


def _mistake_in(parameters: dict[str, Any]) -> str | None:
    from unitlint.lsp.parameters import mistake_in

    return mistake_in(parameters)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _function(place: str) -> Any:
    return late_imports.function(f"unitlint.lsp.{place}")


def serve(requests: BinaryIO, answers: BinaryIO) -> int:
    """Serves the client until it says exit or closes its stream; returns the exit status."""
    inbox = Inbox(requests)
    server = Server(lambda message: write_message(answers, message), inbox.cancelled)
    while server.exit_status is None:
        message = inbox.next()
        if message is None:
            return 1
        try:
            server.handle(message)
            server.idle(nothing_waits=inbox.is_empty())
        except OSError:
            return 1  # nobody reads the answers any more
    return server.exit_status
