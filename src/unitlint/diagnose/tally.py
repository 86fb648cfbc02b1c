"""One kind of event of one unit: when it was seen, and what its messages said."""

from __future__ import annotations

from unitlint.base.whole_numbers import whole_number
from unitlint.diagnose.model import Entry
from unitlint.diagnose.sightings import entry_of
from unitlint.diagnose.texts import filled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.forms import Form
    from unitlint.diagnose.model import Event, EventKind, Fields
    from unitlint.diagnose.sightings import Sighting

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
        "each", "evidence", "fields", "first", "id", "in_run", "in_run_otherwise", "is_full", "kind", "latest",
        "moments", "rank", "says", "speaks", "taken", "wording",
    )  # fmt: skip

    def __init__(self, event: Event) -> None:
        self.kind: EventKind = event.kind
        self.id: str = event.kind.id
        self.rank: int = event.kind.rank
        self.fields = dict(event.fields)
        self.first: Entry = event.entry
        self.latest: Entry | Sighting = event.entry
        self.evidence: Entry = event.entry
        """The message that says most."""
        self.says = _says(event.entry)
        """How much that is."""
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

    @property
    def last(self) -> Entry:
        """The entry that told it last."""
        if not isinstance(self.latest, Entry):
            self.latest = entry_of(self.latest)
        return self.latest

    @last.setter
    def last(self, entry: Entry) -> None:
        self.latest = entry

    def is_told_by(self, form: Form) -> bool:
        """Whether other lines of a form, of which one was added, say nothing new but their time."""
        return self.is_full and not self.kind.each and LARGEST_COUNTS.isdisjoint(name for name, _, _ in form.numbers)

    def add(self, event: Event) -> None:
        """Takes in another event of this kind."""
        _, fields, entry, _, _, _ = event
        self.latest = entry
        if not self.is_full:
            self.moments.append(entry)
            self.is_full = len(self.moments) == MOST_MOMENTS
        if fields is not self.taken:
            self.taken = fields
            self.speaks = not OF_RECORD.isdisjoint(fields)
            if len(entry.message) > self.says[2] or not (self.says[0] and self.says[1]):
                says = _says(entry)
                if says > self.says:
                    self.evidence, self.says = entry, says
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
