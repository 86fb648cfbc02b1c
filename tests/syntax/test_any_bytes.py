"""For any bytes: nothing is lost, nothing is raised, and the time grows with the length alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.growth import assert_linear
from unitlint.syntax import reader
from unitlint.syntax.document import PROBLEM_KINDS, Document
from unitlint.syntax.reader import decode, read

PIECES = st.sampled_from([
    b"[Unit]", b"[", b"]", b"[X-A]", b"A=1", b"=", b"\\", b"\\\\", b"#", b";", b"\n", b"\r", b"\0", b"\r\n", b"\n\r",
    b" ", b"\t", b"\xef\xbb\xbf", b"\xff", b"\xc0\xaf", b"\xef\xb7\x90", "é".encode(), b'"', b"ExecStart=/bin/true",
])  # fmt: skip
BYTES = st.binary(max_size=200) | st.lists(PIECES, max_size=40).map(b"".join)
MANY = settings(max_examples=600, deadline=None)


@given(BYTES)
@MANY
def test_the_parts_joined_are_the_input(data: bytes) -> None:
    document = read(data, "a.service", ("Unit",))
    assert "".join(document.lines).encode("utf-8", "surrogateescape") == data
    assert document.text == decode(data)


@given(BYTES | st.text(st.sampled_from("[Unit]\nA=1é\ue000\ufdd0\ufeff\U0001fffe # "), max_size=60).map(str.encode))
@MANY
def test_plain_texts_are_read_in_a_shorter_way_to_the_same_end(data: bytes) -> None:
    found = read(data, "a.service", ("Unit",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_is_plain", lambda _text: False)
        whole = read(data, "a.service", ("Unit",))
    assert _content(found) == _content(whole)


def _content(document: Document) -> object:
    parts = [(one.section, one.directive, one.value, one.line, one.end_line) for one in document.assignments]
    return parts, document.headers, document.problems, document.refused, document.continuations, document.bom_line


def test_which_characters_are_no_utf8() -> None:
    """utf8.c: unichar_is_valid()."""
    for code in range(0x110000):
        bad = 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
        assert reader._is_utf8(chr(code)) is not bad


@given(BYTES)
@MANY
def test_every_place_is_in_the_file(data: bytes) -> None:
    document = read(data, "a.service", ("Unit",))
    count = max(len(document.lines), 1)
    for problem in document.problems:
        assert problem.kind in PROBLEM_KINDS
        assert 1 <= problem.line <= problem.end_line <= count
    for one in document.assignments:
        assert 1 <= one.line <= one.end_line <= count
        assert one.value == one.value.strip(" \t\n\r")
        assert one.directive
        for span in (document.value_span(one), document.directive_span(one), document.line_span(one.line)):
            assert one.line <= span.line <= span.end_line <= one.end_line
            assert span.column >= 1
            assert span.end_column <= len(document.line_text(span.end_line)) + 2


@given(BYTES)
@MANY
def test_a_span_holds_its_part_of_the_value(data: bytes) -> None:
    document = read(data, "a.service", ("Unit",))
    for one in document.assignments:
        for at, char in enumerate(one.value):
            span = document.value_span(one, at, at + 1)
            assert span.line == span.end_line
            written = document.line_text(span.line)[span.column - 1 : span.end_column - 1]
            assert written == char or (written == "\\" and char == " ")


@given(BYTES)
@MANY
def test_the_short_way_finds_what_the_long_way_finds(data: bytes) -> None:
    """Plain texts are read by shorter code; a continued comment in front makes the reader take the other way."""
    # What begins so would belong to the line end before it, or is passed at the start of a file alone.
    assume(not data.startswith((b"\r", b"\0", b"\xef\xbb\xbf")))
    document = read(data, "a.service", ("Unit",))
    other = read(b"#\\\n" + data, "a.service", ("Unit",))
    assert told(other, 1) == told(document, 0)
    assert other.refused == document.refused


def told(document: Document, shift: int) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = [
        (one.line - shift, one.end_line - shift, one.section, one.directive, one.value) for one in document.assignments
    ]
    found += [(one.line - shift, one.end_line - shift, one.kind, one.text) for one in document.problems]
    return found + [(one.line - shift, one.name, one.known) for one in document.headers]


GROWING = {
    "assignments": b"A=1\n",
    "continuations": b"A=x\\\n",
    "comments in a continuation": b"#x\\\n",
    "empty lines": b"\n",
    "line ends of every kind": b"\r\n\0\r\r\n\n",
    "backslashes": b"\\",
    "headers": b"[Unit]\n",
    "problems": b"x\n",
    "invalid bytes": b"#\xff\n",
}


@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_with_the_length(kind: str) -> None:
    piece = GROWING[kind]
    texts = {size: b"[Unit]\nA=\\\n" + piece * (size // len(piece)) for size in (120_000, 480_000)}
    assert_linear(lambda size: read_and_look(texts[size]), 120_000)


def read_and_look(data: bytes) -> None:
    document = read(data, "a.service", ("Unit",))
    for one in document.assignments[-1:]:
        document.value_span(one)
