"""One kind of event of one unit: when it was seen, and what its messages said."""

from __future__ import annotations

from unitlint.base.whole_numbers import whole_number
from unitlint.diagnose.texts import filled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Entry, Event, EventKind, Fields

MOST_MOMENTS = 64
LARGEST_COUNTS = frozenset(("anon_rss", "usage", "number", "victims"))
"""Figures of which the largest is kept."""
OF_RECORD = frozenset(("result", "stack", "status"))
"""Fields that are kept of a record as well."""


def _says(entry: Entry) -> tuple[bool, bool, int]:
    """How much a message says: what sums up a start says less than what led to it, and a pasted status least."""
    message = entry.message
    pasted = entry.fields is not None and "shown" in entry.fields
    return not pasted, ": Failed with result '" not in message and " process exited, code=" not in message, len(message)


class Tally:
    """One kind of event of one unit: when it was seen, and what its messages said."""

    __slots__ = (
        "each", "evidence", "fields", "first", "id", "in_run", "in_run_otherwise", "is_full", "kind", "last", "moments",
        "rank", "speaks", "taken", "wording",
    )  # fmt: skip

    def __init__(self, event: Event) -> None:
        self.kind: EventKind = event.kind
        self.id: str = event.kind.id
        self.rank: int = event.kind.rank
        self.fields = dict(event.fields)
        self.first: Entry = event.entry
        self.last: Entry = event.entry
        self.evidence: Entry = event.entry
        """The message that says most."""
        self.moments: list[Entry] = [event.entry]
        self.is_full = False
        """Whether no more moments are kept."""
        self.each: dict[str, None] = {}
        """Each of those that are one cause, such as accesses that were refused."""
        if event.kind.each:
            self.note(event.fields)
        self.taken: Fields = event.fields
        """What the last message said: lines that come again share their fields."""
        self.speaks = not OF_RECORD.isdisjoint(event.fields)
        """Whether it says something that is kept of the whole record."""
        self.wording = ""
        """How it was told first since the unit was started last."""
        self.in_run = 0
        """How often it was told so since then."""
        self.in_run_otherwise: dict[str, int] = {}
        """How often in other wordings, by these."""

    def add(self, event: Event) -> None:
        """Takes in another event of this kind."""
        _, fields, entry, _, _, _ = event
        self.last = entry
        if not self.is_full:
            self.moments.append(entry)
            self.is_full = len(self.moments) == MOST_MOMENTS
        if fields is not self.taken:
            self.taken = fields
            self.speaks = not OF_RECORD.isdisjoint(fields)
            if _says(entry) > _says(self.evidence):
                self.evidence = entry
            self._take(fields)

    def note(self, fields: Fields) -> bool:
        """Remembers one of those that are one cause; whether it is a new one."""
        text = filled(self.kind.each, fields) if self.kind.each else None
        if not text or text in self.each or len(self.each) >= MOST_MOMENTS:
            return False
        self.each[text] = None
        return True

    def _take(self, fields: Fields) -> None:
        if self.kind.each:
            self.note(fields)
        mine = self.fields
        for name, value in fields.items():
            known = mine.get(name)
            if known and name not in LARGEST_COUNTS:
                continue
            if value and (not known or (whole_number(value) or 0) > (whole_number(known) or 0)):
                mine[name] = value
