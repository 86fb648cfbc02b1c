"""Reading never waits, and never opens what is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from unitlint.base import safe_read
from unitlint.base.errors import UnitlintError
from unitlint.base.json_text import parse_json, read_json
from unitlint.base.safe_read import CannotReadError, read_bytes, read_head

needs_fifos = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")


@needs_fifos
@pytest.mark.parametrize("read", [read_bytes, lambda path: read_head(path, 10)], ids=["all", "head"])
def test_a_file_that_becomes_a_fifo_between_look_and_open(
    read: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "fifo")
    looked = os.stat(tmp_path / "file")
    monkeypatch.setattr(safe_read.os, "stat", lambda _path: looked)
    with pytest.raises(CannotReadError, match="is a FIFO, not a file"):
        read(str(tmp_path / "fifo"))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/dev/zero", "it is a device"), ("nowhere", "No such file"), ("a\0b", "null"), (".", "it is a directory")],
)
def test_why_not(path: str, reason: str) -> None:
    with pytest.raises(CannotReadError) as raised:
        read_bytes(path)
    assert reason in raised.value.reason


def test_the_head_of_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_read, "MAX_BYTES", 10)
    (tmp_path / "file").write_bytes(b"x" * 100)
    assert read_head(str(tmp_path / "file"), 12) == b"x" * 12
    with pytest.raises(CannotReadError, match="has 100 bytes"):
        read_bytes(str(tmp_path / "file"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "Expecting"),
        ("[" * 100_000, "nests too deeply"),
        ('{"a":' * 100_000, "nests too deeply"),
        ("9" * 5000, "too many digits"),
    ],
    ids=["cut", "lists", "objects", "digits"],
)
def test_json_that_is_none(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(UnitlintError, match=problem):
        parse_json(text, "x.json", "this is not a policy")
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(UnitlintError, match=f"this is not a baseline: .*{problem}"):
        read_json(str(tmp_path / "x.json"), "baseline")
