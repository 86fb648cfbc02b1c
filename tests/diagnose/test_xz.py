"""Logs in xz files, whatever their headers say."""

from __future__ import annotations

import io
import lzma
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.diagnose.run import diagnose
from unitlint.diagnose.xz import XzStream

LINE = b"Mar 02 10:00:00 host systemd[1]: web.service: Failed with result 'watchdog'.\n"


def read(data: bytes) -> bytes:
    return io.BufferedReader(XzStream(io.BytesIO(data))).read()


@given(st.lists(st.binary(max_size=300_000), max_size=3), st.sampled_from((b"", b"\0" * 4, b"\0" * 65_540)))
def test_streams_in_a_row_are_read_as_one(parts: list[bytes], padding: bytes) -> None:
    assert read(padding.join(map(lzma.compress, parts)) or lzma.compress(b"")) == b"".join(parts)


@pytest.mark.parametrize("kept", [6, 20, -1])
def test_a_file_that_was_cut_off_is_no_end(kept: int) -> None:
    with pytest.raises(EOFError):
        read(lzma.compress(LINE * 100)[:kept])


def test_a_header_that_asks_for_gigabytes_gets_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.xz").write_bytes(_with_dictionary_of_a_gigabyte(lzma.compress(LINE)))
    found = diagnose([str(tmp_path / "a.xz")])
    assert found.incidents == ()
    assert "a.xz: reading stopped" in found.errors[0]
    assert "Memory usage limit exceeded" in found.errors[0]


def _with_dictionary_of_a_gigabyte(data: bytes) -> bytes:
    """An xz stream whose first block header is changed (xz file format 1.2, sections 3.1 and 5.3.1)."""
    size = (data[12] + 1) * 4
    header = bytearray(data[12 : 12 + size - 4])
    at = header.index(b"\x21\x01") + 2
    header[at] = 36  # 1 GiB
    return data[:12] + header + zlib.crc32(header).to_bytes(4, "little") + data[12 + size :]
