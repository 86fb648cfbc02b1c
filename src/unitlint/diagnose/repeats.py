"""Lines that say what an earlier one said: those of a failing service differ by their time alone, or by a number."""

from __future__ import annotations

from unitlint.base.whole_numbers import is_whole_number
from unitlint.diagnose.cgroups import looks_like_unit
from unitlint.diagnose.model import Event, made
from unitlint.diagnose.recognise import LONGEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Entry, EventKind, Fields
    from unitlint.diagnose.patterns import Pattern
    from unitlint.diagnose.recognise import Recogniser

    ToldBefore = tuple[Event, Pattern, EventKind, bool, bool]
    """An event, the pattern that told it, whose it is and whether its fields may make it another event; whether the
    message stands in the line as it is."""

    EndingBefore = tuple[Event, str, str]
    """An event, the field that the number at the end of its message is, and what follows it."""

MOST_KNOWN = 5_000
ENDINGS = "0123456789."
"""What a message that ends with a number ends with."""
DIGITS = b"0123456789"


class Repeats:
    """Events of lines that were read, by what stands behind the time of the line (its text)."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.same: dict[str, Event] = {}
        """What a line with this text tells, but for its time."""
        self.senders: set[str] = set()
        """Who has told an event; lines of others need no look."""
        self.endings: dict[str, EndingBefore] = {}
        """What is told of a unit by a message that ends with a number, by what stands between its name and that."""
        self.of_units: dict[str, Event] = {}
        """What is told of a unit, by what its message says behind the name of the unit."""
        self._recogniser = recogniser
        self.numbered: dict[bytes, ToldBefore] = {}
        """What a line tells that differs by its digits at most, by the text without these."""

    def knows(self, message_id: str) -> bool:
        """Whether a MESSAGE_ID is that of an event."""
        return self._recogniser.knows(message_id)

    def keep(self, text: str, event: Event) -> None:
        """Remembers what a line tells."""
        if len(self.same) >= MOST_KNOWN:
            self.same.clear()
        self.same[text] = event
        pattern = self._recogniser.pattern_of(event)
        if pattern is not None:
            if len(self.numbered) >= MOST_KNOWN:
                self.numbered.clear()
            entry = event.entry
            is_plain = text.partition(": ")[2] == entry.message
            self.numbered[text.encode("utf-8", "surrogatepass").translate(None, DIGITS)] = (
                event,
                *pattern,
                self._recogniser.refined.may_refine(pattern[1]),
                is_plain,
            )
            if is_plain and pattern[0].prefix and entry.message.startswith(f"{event.unit}: "):
                self._keep_of_unit(event, *pattern)
            self.senders.add(entry.sender)

    def _keep_of_unit(self, event: Event, pattern: Pattern, kind: EventKind) -> None:
        """Remembers what a message says behind the name of the unit, also if only the number at its end differs."""
        if max(len(self.of_units), len(self.endings)) >= MOST_KNOWN:
            self.of_units.clear()
            self.endings.clear()
        rest = event.entry.message.partition(": ")[2]
        self.of_units[rest] = event
        name, after = _number_at_end(pattern)
        if name and not self._recogniser.refined.may_refine(kind):
            stem = rest.rstrip(ENDINGS)
            number = event.fields.get(name, "")
            if is_whole_number(number) and rest == f"{stem}{number}{after}":
                self.endings[stem] = event, name, after

    def with_number(self, rest: str) -> tuple[Event | None, Fields]:
        """The event of a message which ended with another number, and the fields with this one; ``rest`` is what
        stands in the message behind the name of the unit."""
        stem = rest.rstrip(ENDINGS)
        told = self.endings.get(stem)
        if told is not None:
            event, name, after = told
            number = rest[len(stem) : -1] if after else rest[len(stem) :]
            if number and "." not in number and (not after or rest[-1] == after):
                return event, {**event[1], name: number}
        return None, {}

    def again(self, told: ToldBefore, entry: Entry) -> Event | None:
        """The event of an entry whose line differs from another by its digits; None if it is not of this kind."""
        event, pattern, kind, is_refined, _ = told
        if entry.sender != event.entry.sender:
            return None
        unit, message = "", entry.message
        if pattern.prefix:
            unit, _, message = message.partition(": ")
            if unit != event.unit and not looks_like_unit(unit):
                return None
        if len(message) > LONGEST:
            message = message[:LONGEST]
        fields = pattern.match(message.strip())
        if fields is None:
            return None
        told_fields: Fields = fields
        if is_refined:
            kind, told_fields = self._recogniser.refined.told(kind, fields)
        if unit:
            return made(Event, (kind, told_fields, entry, unit, False, pattern.template))
        return self._recogniser.placed(entry, None, kind, told_fields, fields.get("unit", ""), pattern.template)


def _number_at_end(pattern: Pattern) -> tuple[str, str]:
    """The field that such a message ends with, "" where there is none, and the stop behind it."""
    *_, before, last = (("", "", ""), *pattern.parts)
    field, after = (last, "") if last[1] else (before, last[0])
    _, name, words = field
    return (name if not words and after in ("", ".") else ""), after
