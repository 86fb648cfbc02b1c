"""Numbers and errors of the protocol (LSP 3.17)."""

from __future__ import annotations

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
SERVER_NOT_INITIALIZED = -32002
REQUEST_CANCELLED = -32800

INCREMENTAL_SYNC = 2
ERROR, WARNING, INFORMATION, HINT = 1, 2, 3, 4
"""Severities of diagnostics."""
LOG_ERROR, LOG_WARNING, LOG_INFO = 1, 2, 3
UNNECESSARY, DEPRECATED = 1, 2
"""Tags of diagnostics."""


class RequestError(Exception):
    """What a request is answered with instead of a result."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class CancelledError(RequestError):
    """The client does not wait for the answer any more."""

    def __init__(self) -> None:
        super().__init__(REQUEST_CANCELLED, "the request was cancelled")
