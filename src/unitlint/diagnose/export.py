"""The Journal Export Format (systemd.io), which `journalctl -o export` writes, to Entries.

Fields stand on a line each, and a blank line ends a record.  A value that is no plain text follows its name with its
length in eight bytes, of which the upper ones are 0: records without a 0 are read as text, many at a time.
"""

from __future__ import annotations

from unitlint.diagnose.journal import KEPT, LARGEST_FIELD, entry_of
from unitlint.diagnose.lines import bytes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from unitlint.diagnose.model import Entry

    Idle = Callable[[str, str, str], bool]
    """Whether a record of this message, sender and MESSAGE_ID cannot be an event."""

BETWEEN = b"\n\n"
LENGTH_AND_MORE = 9
"""Bytes in which a length and the line end before it may look like the end of a record."""


def export_entries(stream: BinaryIO, source: str, is_idle: Idle) -> Iterator[tuple[int, list[Entry]]]:
    """The records that are not idle, many at a time, with the number of those read.

    Lines count as a text editor would count them up to the record.  Raises UnitlintError where reading stops.
    """
    rest = _Rest(bytes_of(stream, source))
    line = 1
    while rest.has_more():
        records = rest.texts()
        found = []
        for record in records:
            seen = _glance(record)
            if seen is None or not is_idle(*seen):
                entry = entry_of(_fields(record), source, line)
                if entry is not None:
                    found.append(entry)
            line += record.count(b"\n") + 2
        yield len(records), found
        if not records:
            fields, lines = _read_record(rest)
            entry = entry_of(fields, source, line) if fields else None
            line += lines
            yield (1 if fields else 0), [entry] if entry is not None else []


def _glance(record: bytes) -> tuple[str, str, str] | None:
    message = _value(record, b"\nMESSAGE=")
    transport = _value(record, b"\n_TRANSPORT=")
    if not message or transport == "audit":
        return None
    sender = "kernel" if transport == "kernel" else _value(record, b"\nSYSLOG_IDENTIFIER=")
    return message, sender or _value(record, b"\n_COMM="), _value(record, b"\nMESSAGE_ID=")


def _value(record: bytes, name: bytes) -> str:
    """The text of a field that is not the first of its record, "" where there is none."""
    start = record.find(name)
    if start < 0:
        return ""
    start += len(name)
    end = record.find(b"\n", start)
    return record[start : end if end >= 0 else len(record)].decode("utf-8", "surrogateescape")


def _fields(record: bytes) -> dict[str, str]:
    """The fields of a record without binary values; of one that is repeated the first."""
    fields: dict[str, str] = {}
    for text in record.decode("utf-8", "surrogateescape").split("\n"):
        name, equals, value = text.partition("=")
        if equals and name in KEPT and name not in fields:
            fields[name] = value[:LARGEST_FIELD]
    return fields


def _read_record(rest: _Rest) -> tuple[dict[str, str], int]:
    """The fields of the next record, whatever it holds, and the lines that it takes with the blank one."""
    fields: dict[str, str] = {}
    lines = 0
    while True:
        data = rest.readline(LARGEST_FIELD)
        lines += 1
        if not data.strip(b"\n"):
            return fields, lines
        name, equals, value = data.rstrip(b"\n").partition(b"=")
        if not equals:
            length = int.from_bytes(rest.read(8), "little")
            value = rest.read(min(length, LARGEST_FIELD))
            rest.skip(length - len(value))
            rest.readline(2)
            lines += value.count(b"\n")
        key = name.decode("ascii", "replace")
        if key in KEPT and key not in fields:
            fields[key] = value.decode("utf-8", "surrogateescape")


class _Rest:
    """What is still to be read, by blocks."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._data = b""
        self._ended = False

    def has_more(self) -> bool:
        """Whether there is anything left; reads a block if it has to."""
        return bool(self._data) or self._read()

    def _read(self) -> bool:
        block = next(self._blocks, b"")
        self._data += block
        self._ended = not block
        return bool(block)

    def texts(self) -> list[bytes]:
        """The next records as far as they are whole and all text."""
        if BETWEEN not in self._data and b"\0" not in self._data and len(self._data) < LARGEST_FIELD:
            self._read()
        zero = self._data.find(b"\0")
        whole = len(self._data) if zero < 0 else zero
        if zero >= 0 or not self._ended:
            whole = max(whole - LENGTH_AND_MORE, 0)
        end = self._data.rfind(BETWEEN, 0, whole)
        if end < 0:
            return []
        found, self._data = self._data[:end], self._data[end + len(BETWEEN) :].lstrip(b"\n")
        return found.split(BETWEEN)

    def readline(self, limit: int) -> bytes:
        """A line with its end, of ``limit`` bytes at most."""
        while (end := self._data.find(b"\n", 0, limit) + 1) == 0 and len(self._data) < limit and self._read():
            pass
        return self.read(end or limit)

    def read(self, number: int) -> bytes:
        """So many bytes, fewer at the end."""
        while len(self._data) < number and self._read():
            pass
        found, self._data = self._data[:number], self._data[number:]
        return found

    def skip(self, number: int) -> None:
        """Passes over so many bytes."""
        while number > len(self._data):
            number -= len(self._data)
            self._data = b""
            if not self._read():
                return
        self._data = self._data[max(number, 0) :]
