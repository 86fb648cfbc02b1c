"""The lines of a log to Entries, whatever format each of them has."""

from __future__ import annotations

from unitlint.diagnose.cgroups import looks_like_unit
from unitlint.diagnose.export import export_entries
from unitlint.diagnose.heads import RING
from unitlint.diagnose.journal import glance
from unitlint.diagnose.lines import blocks_of, first_bytes
from unitlint.diagnose.model import Entry, Event, made
from unitlint.diagnose.other_lines import SHORT_LAYOUT, OtherLines
from unitlint.diagnose.repeats import DIGITS
from unitlint.diagnose.task_rows import ROW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from unitlint.diagnose.other_lines import Wanted
    from unitlint.diagnose.repeats import Repeats, ToldBefore

SHORT = SHORT_LAYOUT[0]
JSON_BEGINS = ("{", "\x1e")
EXPORT = (b"__CURSOR=", b"__REALTIME_TIMESTAMP=", b"__MONOTONIC_TIMESTAMP=", b"_BOOT_ID=")


def entries_of(stream: BinaryIO, source: str, wanted: Wanted, repeats: Repeats) -> Iterator[Entry | Event | int]:
    """The entries of a log that are ``wanted``, and now and then the number of lines or records read since.

    Of a line that is alike to one in ``repeats`` its event is given in place of the entry.  Raises UnitlintError where
    reading stops.
    """
    reader = _Reader(source, wanted, repeats)
    start = first_bytes(stream, 32)
    if start.lstrip(b"\n").startswith(EXPORT):
        yield from export_entries(stream, source, reader.is_idle)
        return
    for lines in blocks_of(stream, source):
        yield from reader.read(lines)
        yield len(lines)
    yield from reader.finish()


class _Reader(OtherLines):
    """Reads lines of the common layouts itself, for speed."""

    def __init__(self, source: str, wanted: Wanted, repeats: Repeats) -> None:
        super().__init__(source, wanted, repeats)
        self._row_begins = 0
        self._before_row = ""
        """What stood between the stamp and the last row of a table, and where that began."""

    def read(self, lines: list[str]) -> Iterator[Entry | Event]:
        """The wanted entries of these lines; those of the layout ``May 08 11:46:49 host sender[1]: message``, or of
        another one that lines before them had, are read here."""
        number = self._number
        repeats, wanted = self._repeats, self._wanted
        same, senders = repeats.same, repeats.senders
        in_record = bool(self._record)
        width, place, mark = self._layout
        after = width + 1
        lead, teller, row_begins = "", ("", "", False), self._row_begins
        for line in lines:
            number += 1
            if row_begins and self._is_small_row(line, width):
                continue
            text = line[after:]
            if text in same and line[width] == " " and not in_record:
                self._number = number
                yield self._again(same[text], line[:width], text)
                continue
            if line[place : place + 1] == mark and line[width : width + 1] == " " and not in_record:
                if lead and line.startswith(lead, width):
                    message = line[width + len(lead) :]
                    sender, pid, has_host = teller
                else:
                    head, _, message = line.partition(": ")
                    sender, _, pid = head[head.rfind(" ") + 1 :].partition("[")
                    has_host = head.count(" ", width) == 2
                    is_plain = (has_host or width == SHORT) and message[:1] != "[" and sender not in senders
                    if is_plain and not wanted(sender, message):
                        self._last = None
                        self._before = sender, message, number, line
                        continue
                    if has_host and sender in senders:
                        lead, teller = f"{head[width:]}: ", (sender, pid, has_host)
                if has_host:
                    self._number = number
                    read = self._told(line, text, width, message, sender, pid[:-1])
                    row_begins = self._row_begins
                    if read is not None:
                        yield read
                    continue
            elif not in_record and self._is_idle_json(line):
                continue
            self._number = number
            yield from self._other(line)
            in_record = bool(self._record)
            width, place, mark = self._layout
            after = width + 1
            self._row_begins = row_begins = 0
            lead = ""
        self._number = number

    def _told(self, line: str, text: str, width: int, message: str, sender: str, pid: str) -> Entry | Event | None:
        """What a line of the common layout tells, None where that is nothing."""
        repeats = self._repeats
        if sender in repeats.senders:
            unit, colon, rest = message.partition(": ")
            known = repeats.of_units.get(rest) if colon else None
            fields = known[1] if known is not None else None
            if known is None and colon:
                known, fields = repeats.with_number(rest)
            if known is not None and (unit == known[3] or looks_like_unit(unit)) and known[2].sender == sender:
                entry = self._made(message, sender, pid, line[:width], text)
                return made(Event, (known[0], fields, entry, unit, known[4], known[5]))
            if message[:1] == "[" and sender == "kernel" and self._rows.is_small(message):
                self._after_row(line, width, message)
                return None
            alike = repeats.numbered.get(text.encode("utf-8", "surrogatepass").translate(None, DIGITS))
            if alike is not None:
                return self._alike(alike, message, sender, pid, line[:width], text)
        elif message[:1] == "[" and sender == "kernel" and self._rows.is_small(message):
            self._after_row(line, width, message)
            return None
        ring = RING.match(message) if message[:1] == "[" else None
        if self._wanted(sender, message[ring.end() :] if ring else message):
            return self._entry(message, sender, pid, line[:width], text)
        self._last = None
        self._before = sender, message, self._number, line
        return None

    def _after_row(self, line: str, width: int, message: str) -> None:
        """Remembers where the rows of a table begin."""
        self._last = None
        self._row_begins = len(line) - len(message)
        self._before_row = line[width : self._row_begins]

    def _is_idle_json(self, line: str) -> bool:
        seen = glance(line) if line[:1] in JSON_BEGINS else None
        return seen is not None and self.is_idle(*seen)

    def _is_small_row(self, line: str, width: int) -> bool:
        """Whether a line is a row of a table behind another one, and of a small process."""
        begin = self._row_begins
        row = ROW.match(line, begin) if line[width:begin] == self._before_row else None
        return row is not None and self._rows.is_below(row)

    def finish(self) -> Iterator[Entry]:
        """The record that was not ended."""
        entry = self._record.end()
        if entry is not None:
            yield entry

    def _alike(
        self, told: ToldBefore, message: str, sender: str, pid: str, stamp: str, text: str
    ) -> Entry | Event | None:
        """The event of a line that differs from one which was told by its digits; its entry where that is none."""
        read = self._made if told[-1] else self._entry
        entry = read(message, sender, pid, stamp, text)
        return entry and (self._repeats.again(told, entry) or entry)

    def _again(self, event: Event, stamp: str, text: str) -> Event:
        """The event of a line that another one has told, but for its time."""
        kind, fields, known, unit, user, wording = event
        entry = self._made(known.message, known.sender, known.pid, stamp, text)
        return made(Event, (kind, fields, entry, unit, user, wording))
