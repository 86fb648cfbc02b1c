"""Messages on byte streams: JSON in frames with a Content-Length (LSP 3.17, Base Protocol)."""

from __future__ import annotations

import json
import re
from _queue import SimpleQueue
from _thread import start_new_thread

from unitlint.base.whole_numbers import number_of_digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

MAX_BYTES = 128 * 1024 * 1024
"""Larger messages are passed over."""
_MAX_HEADER = 4096
_LENGTH = re.compile(rb"Content-Length:[ \t]*([0-9]{1,18})[ \t]*\r?\n", re.IGNORECASE)


class MalformedError(Exception):
    """Why a message could not be read; the ones after it can."""


def read_message(stream: BinaryIO) -> Any:
    """The next message; None at the end of the stream.

    What stands between two messages and is none itself is passed over. Raises MalformedError for a message that is no
    JSON or too large.
    """
    length = _read_headers(stream)
    if length is None:
        return None
    if length > MAX_BYTES:
        while length > 0 and (part := stream.read(min(length, 1024 * 1024))):
            length -= len(part)
        raise MalformedError(f"a message of more than {MAX_BYTES} bytes was skipped")
    data = b""
    while len(data) < length:
        part = stream.read(length - len(data))
        if not part:
            return None
        data += part
    try:
        message = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"a message is no JSON: {error}") from None
    if message is None:
        raise MalformedError("a message is null")
    return message


def _read_headers(stream: BinaryIO) -> int | None:
    """The length of the message that follows; None at the end of the stream."""
    length: int | None = None
    while line := stream.readline(_MAX_HEADER):
        found = _LENGTH.search(line)  # wherever in the line: a message that was longer than it said may stand before
        if found:
            length = number_of_digits(found[1].decode())
        elif length is not None and line in (b"\r\n", b"\n"):
            return length
    return None


def write_message(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Writes one message, in ASCII: half of a surrogate pair passes as an escape."""
    data = json.dumps(message, separators=(",", ":")).encode("ascii")
    stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
    stream.flush()


class Inbox:
    """The messages of a stream, read ahead by a thread, so that a request can be cancelled before its turn comes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._stream = stream
        self.cancelled: set[int | str] = set()
        """The requests that the client does not wait for any more, by their id."""
        start_new_thread(self._read, ())

    def _read(self) -> None:
        message: Any = ""
        while message is not None:
            try:
                message = read_message(self._stream)
            except MalformedError as malformed:
                message = malformed
            except Exception:  # a broken pipe is the end, whatever it raises
                message = None
            cancelled = cancelled_by(message)
            if cancelled is not None:
                self.cancelled.add(cancelled)
            self._queue.put(message)

    def next(self) -> Any:
        """The next message, for which it waits; a MalformedError in place of what is none, None at the end."""
        return self._queue.get()

    def is_empty(self) -> bool:
        """Whether no message waits."""
        return self._queue.empty()


def cancelled_by(message: Any) -> int | str | None:
    """The id of the request that this message cancels, if it cancels one."""
    if not isinstance(message, dict) or message.get("method") != "$/cancelRequest":
        return None
    parameters = message.get("params")
    request = parameters.get("id") if isinstance(parameters, dict) else None
    return request if isinstance(request, (int, str)) else None
