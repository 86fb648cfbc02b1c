"""The lines of a log to Entries, whatever format each of them has."""

from __future__ import annotations

from unitlint.diagnose.export import export_entries
from unitlint.diagnose.forms import Form
from unitlint.diagnose.heads import RING, read_head
from unitlint.diagnose.journal import glance
from unitlint.diagnose.lines import blocks_of, first_bytes
from unitlint.diagnose.model import Entry, Event
from unitlint.diagnose.other_lines import CLOSE, SHORT_LAYOUT, OtherLines
from unitlint.diagnose.shapes import PASSED, Choice
from unitlint.diagnose.sightings import entry_of, event_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from unitlint.diagnose.other_lines import Wanted
    from unitlint.diagnose.shapes import Shapes
    from unitlint.diagnose.sightings import Sighting

    Read = Entry | Event | Sighting | None

SHORT = SHORT_LAYOUT[0]
JSON_BEGINS = ("{", "\x1e")
EXPORT = (b"__CURSOR=", b"__REALTIME_TIMESTAMP=", b"__MONOTONIC_TIMESTAMP=", b"_BOOT_ID=")


def entries_of(stream: BinaryIO, source: str, wanted: Wanted, shapes: Shapes) -> Iterator[tuple[int, list[Read]]]:
    """The entries of a log that are ``wanted``, many at a time, with the number of lines or records read.

    Of a line whose shape is known the event is given in place of the entry, None where it is wanted but tells nothing.
    Raises UnitlintError where reading stops.
    """
    reader = _Reader(source, wanted, shapes)
    start = first_bytes(stream, 32)
    if start.lstrip(b"\n").startswith(EXPORT):
        for number, entries in export_entries(stream, source, reader.is_idle):
            yield number, list(entries)
        return
    for lines, their_shapes in blocks_of(stream, source):
        yield len(lines), reader.read(lines, their_shapes)
    yield 0, reader.finish()


class _Reader(OtherLines):
    """Reads lines of known shapes itself, for speed."""

    def read(self, lines: list[str], shapes: list[str]) -> list[Read]:
        """What these lines tell, in their order; ``shapes`` are theirs."""
        found: list[Read] = []
        known, source = self._shapes.known, self._source
        first = number = self._number
        passed = 0
        told: Sighting | None = None
        pairs = zip(lines, map(known.get, shapes), strict=True)
        if self._record:
            number = self._rest_of_record(pairs, found)
        stamp, time, boot = self._stamp, self._time, self._boot
        for line, remembered in pairs:
            number += 1
            if remembered is PASSED:
                passed = number
                continue
            form = remembered.of(line) if remembered.__class__ is Choice else remembered
            if form.__class__ is Form:
                if line[: form.stamp_end] != stamp:
                    self._stamp = stamp = line[: form.stamp_end]
                    self._time = time = self._seconds_of(stamp)
                before = self._said_within(lines, first, number, passed) if form.has_status else ""
                place = form.unit_at
                unit = line[place[0] : place[1]] if place else form.unit
                told = (form, line, number, time, unit, boot, source, before)
                if form.is_plain:
                    found.append(told)
                else:
                    told = self._add(told, found)
            elif form is PASSED or self._says_nothing(line, shapes[number - first - 1]):
                passed = number
            else:
                self._number = number
                self._catch_up(lines, first, number - 1, passed, told)
                self._line(line, found)
                if self._record:
                    number = self._rest_of_record(pairs, found)
                stamp, time, boot = self._stamp, self._time, self._boot
        self._number = number
        self._catch_up(lines, first, number, passed, told)
        return found

    def _said_within(self, lines: list[str], first: int, number: int, passed: int) -> str:
        """What a program said just before the line of a number; "" for nothing."""
        if passed > self._before[0]:
            self._before = passed, lines[passed - first - 1], None
        return self._said_before() if number - self._before[0] <= CLOSE else ""

    def _add(self, told: Sighting, found: list[Read]) -> Sighting | None:
        """Adds what a line tells that is a part of something, or nothing; None for what is passed over."""
        form, line, *_ = told
        if form.pages_at is not None:
            begin, end = form.pages_at
            if int(line[begin:end]) >= self._rows.enough:
                entry = entry_of(told)
                self._rows.add(entry.message)
                found.append(self._shapes.told(entry, keep=False))
                return told
            self._last = None
            return None
        if form.in_brackets:
            self._rows.end()
        found.append(event_of(told) if form.tells_event else None)
        return told

    def _catch_up(self, lines: list[str], first: int, number: int, passed: int, told: Sighting | None) -> None:
        """Remembers which line was ``passed`` over last, and what the line of a number told; ``lines`` come after the
        line number ``first``."""
        if passed > self._before[0]:
            self._before = passed, lines[passed - first - 1], None
        if passed == number:
            self._last = None
        elif told is not None and told[2] == number:
            self._last = entry_of(told)

    def _rest_of_record(self, lines: Iterable[tuple[str, object]], found: list[Read]) -> int:
        """Reads lines up to the end of a record that takes several; the number of the last one."""
        for line, _ in lines:
            self._number += 1
            self._line(line, found)
            if not self._record:
                break
        return self._number

    def _says_nothing(self, line: str, shape: str) -> bool:
        """Whether a line of a new shape and of the layout that lines before it had cannot be an event."""
        if self._shapes.comes_again(shape) or not self._has_layout(line):
            return False
        width, _, _ = self._layout
        head, _, message = line.partition(": ")
        if message[:1] == "[" or not (width == SHORT or head.count(" ", width) == 2):
            return False
        return not self._wanted(head[head.rfind(" ") + 1 :].partition("[")[0], message)

    def _line(self, line: str, found: list[Read]) -> None:
        """Adds what a line tells whose shape is not known."""
        if not self._record:
            if self._has_layout(line):
                if self._by_layout(line, found):
                    return
            elif line[:1] in JSON_BEGINS:
                seen = glance(line)
                if seen is not None and self.is_idle(*seen):
                    return
        for entry in self._other(line):
            found.append(self._told(entry) if entry.text else entry)

    def _by_layout(self, line: str, found: list[Read]) -> bool:
        """Reads a line of the layout that lines before it had; False for one that takes a closer look."""
        width, _, _ = self._layout
        head, _, message = line.partition(": ")
        sender, _, pid = head[head.rfind(" ") + 1 :].partition("[")
        has_host = head.count(" ", width) == 2
        if self._shapes.again:  # what is remembered of it has to hold whatever layout the lines before it have
            self._shapes.again = read_head(line) == (line[:width], sender, pid[:-1], len(head) + 2)
        if has_host or (width == SHORT and message[:1] != "["):
            ring = RING.match(message) if message[:1] == "[" else None
            if not self._wanted(sender, message[ring.end() :] if ring else message):
                self._pass_over(line, None, line)
                return True
        if has_host:
            entry = self._entry(message, sender, pid[:-1], line[:width], line)
            if entry is not None:
                found.append(self._told(entry))
        return has_host

    def _told(self, entry: Entry) -> Event | None:
        """What a line tells, which others of its shape tell as well."""
        return self._shapes.told(entry, keep=self._shapes.again)

    def finish(self) -> list[Read]:
        """The record that was not ended."""
        entry = self._record.end()
        return [] if entry is None else [entry]
