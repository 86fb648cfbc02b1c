"""`journalctl -o export`: text and binary values, whatever the blocks in which they are read."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diagnose.test_formats import read
from unitlint.diagnose.export import export_entries

MESSAGES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)


def written(message: str, *, binary: bool) -> bytes:
    """A record with its message as text or with its length, a core dump beside it."""
    data = message.encode()
    if not binary and "\n" not in message:
        return b"__CURSOR=s=1\n_PID=7\nMESSAGE=" + data + b"\nSYSLOG_IDENTIFIER=web\n\n"
    core = b"\n\nMESSAGE=no\n\n\0"
    values = [(b"MESSAGE", data), (b"COREDUMP", core)]
    fields = b"".join(name + b"\n" + len(value).to_bytes(8, "little") + value + b"\n" for name, value in values)
    return b"__CURSOR=s=1\n" + fields + b"SYSLOG_IDENTIFIER=web\n\n"


class Slow(io.BytesIO):
    """A stream that gives few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read1(self, _size: int | None = -1, /) -> bytes:
        return self.read(self._size)


@given(st.lists(st.tuples(MESSAGES, st.booleans()), max_size=8), st.integers(1, 200))
def test_records_are_read_in_any_blocks(records: list[tuple[str, bool]], size: int) -> None:
    data = b"".join(written(message, binary=binary) for message, binary in records)
    found = list(export_entries(Slow(data, size), "log", lambda *_: False))
    entries = [entry for _, some in found for entry in some]
    assert [entry.message for entry in entries] == [message for message, _ in records]
    assert sum(number for number, _ in found) == len(records)
    lines = [data[: data.index(b"__CURSOR", 0)].count(b"\n")] if data else []
    assert not lines or entries[0].line == lines[0] + 1


def test_idle_records_are_passed_over() -> None:
    data = written("one", binary=False) + written("two", binary=False)
    found = export_entries(io.BytesIO(data), "log", lambda message, *_: message == "one")
    assert [entry.message for _, some in found for entry in some] == ["two"]


EVENTS = [
    ("systemd", "web.service: Failed with result 'timeout'."),
    ("systemd", "Started Session 4 of User root."),
    ("nginx", "web.service: Failed with result 'oom-kill'."),
    ("kernel", "Out of memory: Killed process 9 (a b) total-vm:11kB, anon-rss:71kB, file-rss:12kB, shmem-rss:0kB"),
]


@pytest.mark.parametrize("spaces", [("", ""), (" ", " ")])
def test_a_glance_misses_nothing(spaces: tuple[str, str]) -> None:
    """Records of the same messages tell the same as JSON, as JSON with escapes and as an export."""
    before, after = spaces
    records = [
        {
            "__REALTIME_TIMESTAMP": "1772445600000000", "MESSAGE": message, "SYSLOG_IDENTIFIER": sender,
            "_TRANSPORT": "kernel" if sender == "kernel" else "syslog",
        }
        for sender, message in EVENTS
    ]  # fmt: skip
    plain = "".join(json.dumps(record, separators=(",", f"{before}:{after}")) + "\n" for record in records)
    escaped = plain.replace("service", "servic\\u0065").replace("memory", "m\\u0065mory")
    export = "".join("".join(f"{name}={value}\n" for name, value in record.items()) + "\n" for record in records)
    told = [[(one.unit, one.causes[0].kind.id) for one in read(log).incidents] for log in (plain, escaped, export)]
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 2
