"""Logs to events."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.diagnose.entries import entries_of
from unitlint.diagnose.model import Entry, Event
from unitlint.diagnose.other_lines import CONTINUED
from unitlint.diagnose.shapes import Shapes
from unitlint.diagnose.sightings import expanded
from unitlint.diagnose.stack import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from unitlint.diagnose.entries import Read
    from unitlint.diagnose.recognise import Recogniser
    from unitlint.diagnose.sightings import Sighting

    Opened = Callable[[], AbstractContextManager[BinaryIO]]

MOST_DETAILS = 20
"""Lines of a stack trace that are kept."""


class LogReader:
    """Reads logs, one after the other or several at once, and counts what was read; the errors are those of logs that
    could not be read to the end."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.entries = 0
        self.errors: list[str] = []
        self._recogniser = recogniser
        self._shapes = Shapes(recogniser)

    def events(self, name: str, opened: Opened) -> Iterator[Event | Sighting]:
        """The events of one log, or lines that stand for them; whatever stops reading it becomes an error."""
        held = _Held()
        try:
            with opened() as stream:
                for number, found in entries_of(stream, name, self._recogniser.is_wanted, self._shapes):
                    self.entries += number
                    if Entry in set(map(type, found)):
                        yield from self._each(found, held)
                    elif found:
                        yield from held.released()
                        held.event = found.pop()  # type: ignore[assignment]  # there is no Entry
                        yield from filter(None, found)
        except UnitlintError as error:
            self.errors.append(str(error))
        yield from held.released()

    def _each(self, found: Iterable[Read], held: _Held) -> Iterator[Event | Sighting]:
        for read in found:
            event: Event | Sighting | None
            if isinstance(read, Entry):
                if read.sender == CONTINUED:
                    held.add(read.message)
                    continue
                event = self._event(read, held.event)
                if event is held.event:
                    continue
            else:
                event = read
            yield from held.released()
            held.event = event

    def _event(self, entry: Entry, last: Event | Sighting | None) -> Event | Sighting | None:
        """The event of an entry; ``last`` for a line that was tried as the rest of one which is an event already."""
        if entry.fields is not None and "wrapped" in entry.fields:
            if last is not None and expanded(last).entry.line >= entry.line - 1:
                return last
            return self._recogniser.event(entry) or last
        event = self._recogniser.event(entry)
        return _with_stack(event, []) if event is not None and "\n" in entry.message else event


class _Held:
    """The last event of a log, as lines below it may tell more."""

    def __init__(self) -> None:
        self.event: Event | Sighting | None = None
        self._details: list[str] = []

    def add(self, detail: str) -> None:
        """Takes in a line below the event."""
        if self.event is not None and len(self._details) < MOST_DETAILS:
            self._details.append(detail)

    def released(self) -> tuple[Event | Sighting, ...]:
        """The event with what was told of it; nothing is held any more."""
        event, details = self.event, self._details
        self.event, self._details = None, [] if details else details
        if event is None:
            return ()
        return (_with_stack(expanded(event), details) if details else event,)


def _with_stack(event: Event, details: list[str]) -> Event:
    """A core dump with the functions that its message or the lines below it name."""
    stack = frames([*event.entry.message.split("\n")[1:], *details])
    return event._replace(fields={**event.fields, "stack": stack}) if stack else event
