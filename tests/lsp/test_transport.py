"""Messages on byte streams, whatever comes in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.lsp import transport
from unitlint.lsp.transport import MalformedError, read_message, write_message


def framed(data: bytes) -> bytes:
    """A frame with its header."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(data), data)


def all_of(data: bytes) -> list[Any]:
    """Every message of a stream; what is none is its error's text."""
    stream, found = io.BytesIO(data), []
    while True:
        try:
            message = read_message(stream)
        except MalformedError as error:
            message = f"malformed: {error}"
        if message is None:
            return found
        found.append(message)


def test_messages_come_one_after_the_other() -> None:
    data = framed(b'{"a":1}') + b"Content-Type: application/json\r\n" + framed('{"b":"ä"}'.encode())
    assert all_of(data) == [{"a": 1}, {"b": "ä"}]


@pytest.mark.parametrize(
    "broken",
    [
        framed(b"{"),
        framed(b"null"),
        framed(b"\xff\xfe"),
        framed(b"[" * 100_000),
        b"garbage\r\n\r\n",
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"Content-Length: 7\r\n\r\n" + b'{"long":"more than it says"}',
    ],
)
def test_a_malformed_message_does_not_take_the_next_one_along(broken: bytes) -> None:
    assert all_of(broken + framed(b'{"id":1}'))[-1] == {"id": 1}


def test_a_message_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_BYTES", 10)
    found = all_of(framed(b'"0123456789"') + framed(b"[1]"))
    assert found == ["malformed: a message of more than 10 bytes was skipped", [1]]


@given(st.binary())
def test_bytes_never_raise_anything_else(data: bytes) -> None:
    assert isinstance(all_of(data), list)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))
def test_what_is_written_is_read(value: Any) -> None:
    stream = io.BytesIO()
    write_message(stream, {"value": value})
    assert all_of(stream.getvalue()) == [{"value": value}]


def test_half_a_surrogate_pair_passes() -> None:
    stream = io.BytesIO()
    write_message(stream, {"text": "\ud800"})
    assert json.loads(stream.getvalue().partition(b"\r\n\r\n")[2]) == {"text": "\ud800"}
