"""Positions in UTF-16 and UTF-8, and URIs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lsp.editor import offset_of
from unitlint.lsp.positions import UTF8, Positions
from unitlint.lsp.uris import path_of, uri_of

TEXTS = st.text(st.sampled_from("aö€𝄞=\n\r[]#\\ "), max_size=40)


def test_a_character_beyond_the_first_plane_counts_two_units() -> None:
    text = "Description=𝄞x\n"
    assert Positions(text).offset({"line": 0, "character": 14}) == text.index("x")
    assert Positions(text).position(text.index("x")) == {"line": 0, "character": 14}


def test_in_utf_8_bytes_count() -> None:
    text = "Description=ö€𝄞x\n"
    assert Positions(text, UTF8).position(text.index("x")) == {"line": 0, "character": 12 + 2 + 3 + 4}


def test_a_place_within_a_character_is_before_it() -> None:
    assert Positions("𝄞x").offset({"line": 0, "character": 1}) == 0


def test_beyond_the_end_is_the_end() -> None:
    positions = Positions("ab\r\ncd")
    assert positions.offset({"line": 0, "character": 99}) == 2
    assert positions.offset({"line": 9, "character": 0}) == 6
    assert positions.offset({"line": -1, "character": 3}) == 0


@given(TEXTS, st.data())
def test_offsets_and_positions_are_inverse(text: str, data: st.DataObject) -> None:
    positions = Positions(text)
    offset = data.draw(st.integers(0, len(text)))
    position = positions.position(offset)
    if not (0 < offset < len(text) and text[offset - 1] == "\r" and text[offset] == "\n"):
        assert positions.offset(position) == offset == offset_of(text, position)


def test_findings_count_lines_as_systemd_does() -> None:
    # \n\r is one line end for systemd, two for an editor.
    text = "[Unit]\n\rDescription=x\n"
    assert Positions(text).system_range(2, 1, 2, 12)["start"] == {"line": 2, "character": 0}


@pytest.mark.parametrize("path", ["/etc/systemd/system/a.service", "/tmp/a b/ü#?.service", "/x/foo@bar-%i.timer"])
def test_paths_come_back_from_their_uris(path: str) -> None:
    assert path_of(uri_of(path)) == path


@pytest.mark.parametrize("uri", ["untitled:x.service", "file://server/share/x", "http://a/b", "file:///a%00b"])
def test_other_uris_are_no_paths(uri: str) -> None:
    assert path_of(uri) is None


def test_editors_escape_as_they_like() -> None:
    assert path_of("file:///a%2Fb%20c%3A%40d") == "/a/b c:@d"
