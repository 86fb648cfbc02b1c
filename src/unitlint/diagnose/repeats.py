"""Lines that say what an earlier one said: those of a failing service differ by their time alone, or by a number."""

from __future__ import annotations

from unitlint.diagnose.cgroups import looks_like_unit
from unitlint.diagnose.model import Event
from unitlint.diagnose.recognise import LONGEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Entry, EventKind
    from unitlint.diagnose.patterns import Pattern
    from unitlint.diagnose.recognise import Recogniser

    ToldBefore = tuple[Event, Pattern, EventKind, str]
    """An event, the pattern that told it and whose it is, and what its message says behind the name of the unit."""

MOST_KNOWN = 5_000
_DIGITS = b"0123456789"


class Repeats:
    """Events of lines that were read, by what stands behind the time of the line (its text)."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.same: dict[str, Event] = {}
        """What a line with this text tells, but for its time."""
        self.senders: set[str] = set()
        """Who has told an event; lines of others need no look."""
        self._recogniser = recogniser
        self._numbered: dict[bytes, ToldBefore] = {}
        """The same by the text without its digits, with the pattern that told it."""

    def keep(self, text: str, event: Event) -> None:
        """Remembers what a line tells."""
        if len(self.same) >= MOST_KNOWN:
            self.same.clear()
        self.same[text] = event
        pattern = self._recogniser.pattern_of(event)
        if pattern is not None:
            if len(self._numbered) >= MOST_KNOWN:
                self._numbered.clear()
            self._numbered[_without_digits(text)] = event, *pattern, event.entry.message.partition(": ")[2]
            self.senders.add(event.entry.sender)

    def numbered(self, text: str) -> ToldBefore | None:
        """What a line tells that differs from this one by its digits at most."""
        return self._numbered.get(_without_digits(text))

    def again(self, told: ToldBefore, entry: Entry) -> Event | None:
        """The event of an entry whose line differs from another by its digits; None if it is not of this kind."""
        event, pattern, kind, said = told
        if entry.sender != event.entry.sender:
            return None
        unit, message = "", entry.message
        if pattern.prefix:
            unit, _, message = message.partition(": ")
            if unit != event.unit and not looks_like_unit(unit):
                return None
            if message == said:
                return event.at(entry, unit)
        fields = pattern.match(message[:LONGEST].strip())
        if fields is None:
            return None
        kind, told_fields = self._recogniser.refined.told(kind, fields)
        if unit:
            return Event(kind, told_fields, entry, unit, wording=pattern.template)
        return self._recogniser.placed(entry, None, kind, told_fields, fields.get("unit", ""), pattern.template)


def _without_digits(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _DIGITS)
