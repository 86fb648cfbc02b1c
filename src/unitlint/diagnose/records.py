"""Events to what is known of each unit and boot: causes with counts, symptoms, a timeline; all of bounded size."""

from __future__ import annotations

from collections import deque

from unitlint.base.whole_numbers import whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Entry, Event, EventKind, Fields

NEW_RUN_AFTER = 300.0
"""Seconds of silence after which what happens has a cause of its own."""
STILL_EXPLAINED = 900.0
"""Seconds for which a cause explains symptoms of later starts."""
MOST_RECORDS = 3_000
MOST_MOMENTS = 64
TIMELINE_START, TIMELINE_END = 40, 60
MOST_KEPT_EVENTS = 30_000
LARGEST_COUNTS = frozenset(("anon_rss", "usage", "number", "victims"))
"""Figures of which the largest is kept."""


class Tally:
    """One kind of event of one unit: when it was seen, and what its messages said."""

    __slots__ = ("_taken", "evidence", "fields", "first", "kind", "last", "moments")

    def __init__(self, event: Event) -> None:
        self.kind: EventKind = event.kind
        self.fields = dict(event.fields)
        self.first: Entry = event.entry
        self.last: Entry = event.entry
        self.evidence: Entry = event.entry
        """The message that says most."""
        self.moments: list[Entry] = [event.entry]
        self._taken: Fields = event.fields

    def add(self, event: Event) -> None:
        """Takes in another event of this kind."""
        self.last = event.entry
        if len(self.moments) < MOST_MOMENTS:
            self.moments.append(event.entry)
        if event.fields is not self._taken:
            self._taken = event.fields
            pasted = self.evidence.fields is not None and "shown" in self.evidence.fields
            if pasted or len(event.entry.message) > len(self.evidence.message):
                self.evidence = event.entry
            mine = self.fields
            for name, value in event.fields.items():
                known = mine.get(name)
                larger = known and name in LARGEST_COUNTS and (whole_number(value) or 0) > (whole_number(known) or 0)
                if value and (not known or larger):
                    mine[name] = value


class Record:
    """What happened to one unit during one boot.

    ``causes`` and ``symptoms`` tell how often, by the ids of events; ``tallies`` what was seen of each.
    """

    def __init__(self, unit: str, boot: str, *, user: bool) -> None:
        self.unit = unit
        self.boot = boot
        self.user = user
        self.tallies: dict[str, Tally] = {}
        self.causes: dict[str, int] = {}
        self.symptoms: dict[str, int] = {}
        self.start: list[Event] = []
        self.end: deque[Event] = deque(maxlen=TIMELINE_END)
        self.events = 0
        self.restarts = ""
        self.result = ""
        self.said = ""
        self.stack = ""
        self._run: dict[tuple[str, str], int] = {}
        self._status: dict[str, int] = {}
        """What a pasted status sums up; the log below it tells the same once more."""
        self._time: float | None = None
        self._ended = False
        """Whether the manager has told the result of this start."""

    def add(self, event: Event, *, keep: bool) -> None:
        """Takes in an event of the unit; ``keep`` is whether the timeline may grow."""
        kind, fields, entry = event.kind, event.fields, event.entry
        time = entry.time
        if time is not None:
            if self._time is not None and not -NEW_RUN_AFTER <= time - self._time <= NEW_RUN_AFTER:
                self.close_run()
            self._time = time
        self.events += 1
        if keep:
            (self.start if len(self.start) < TIMELINE_START else self.end).append(event)
        if kind.role != "note":
            self._count(event)
            if fields.get("result"):
                self.result = fields["result"]
                self._ended = True
            self.stack = fields.get("stack") or self.stack
            if entry.before and "status" in fields:
                self.said = entry.before
        # A process may speak before the manager says that it was started.
        if kind.boundary and (self._ended or kind.role != "note"):
            self.restarts = fields.get("restarts") or self.restarts
            self.close_run()

    def _count(self, event: Event) -> None:
        kind_id = event.kind.id
        tally = self.tallies.get(kind_id)
        if tally is None:
            self.tallies[kind_id] = Tally(event)
        else:
            tally.add(event)
        if event.entry.fields is not None and "shown" in event.entry.fields:
            self._status[kind_id] = 1
            return
        key = (kind_id, event.wording)
        self._run[key] = self._run.get(key, 0) + 1

    def close_run(self) -> None:
        """Of what happened since the unit was started last, the event of the highest rank is the cause."""
        run = self._run
        self._ended = False
        if not run:
            return
        self._run = {}
        counts: dict[str, int] = {}
        for (kind_id, _), number in run.items():  # what two messages tell of one failure counts once
            if number > counts.get(kind_id, 0):
                counts[kind_id] = number
        self._judge(counts)

    def _judge(self, counts: dict[str, int]) -> None:
        best = max(counts, key=self._rank)
        tally = self.tallies[best]
        if tally.kind.role == "symptom" and self._explained(tally):
            best = ""
        for kind_id, number in counts.items():
            if kind_id == best:
                self.causes[kind_id] = self.causes.get(kind_id, 0) + number
            else:
                self.symptoms[kind_id] = self.symptoms.get(kind_id, 0) + number

    def _rank(self, kind_id: str) -> int:
        return self.tallies[kind_id].kind.rank

    def _explained(self, tally: Tally) -> bool:
        for cause in self.causes:
            other = self.tallies[cause]
            if other.kind.rank > tally.kind.rank and near(other.last, tally.last, STILL_EXPLAINED):
                return True
        return False

    def settle(self) -> None:
        """At the end: causes that are symptoms of others are no causes any more."""
        self.close_run()
        told = {**self.causes, **self.symptoms}
        missing = {name: number for name, number in self._status.items() if name not in told}
        if missing:
            self._judge(missing)
        for name, count in list(self.causes.items()):
            tally = self.tallies[name]
            explaining = [other for other in tally.kind.explained_by if other in self.causes and other != name]
            if explaining or (tally.kind.role == "symptom" and self._explained(tally)):
                del self.causes[name]
                self.symptoms[name] = self.symptoms.get(name, 0) + count
                for other in explaining:
                    self.causes[other] = max(self.causes[other], count)


class Records:
    """The records of all units, and events that name no unit."""

    def __init__(self) -> None:
        self.of_units: dict[tuple[str, str], Record] = {}
        self.without_unit: list[Event] = []
        self.more: set[str] = set()
        self._kept = 0

    def add(self, event: Event) -> None:
        """Takes in an event."""
        unit = event.unit
        if not unit:
            if event.kind.role == "cause" and len(self.without_unit) < MOST_RECORDS:
                self.without_unit.append(event)
            return
        key = (event.entry.boot, unit)
        record = self.of_units.get(key)
        if record is None:
            if len(self.of_units) >= MOST_RECORDS:
                if len(self.more) < 10 * MOST_RECORDS and event.kind.role == "cause":
                    self.more.add(unit)
                return
            record = self.of_units[key] = Record(unit, event.entry.boot, user=event.user)
        if event.user:
            record.user = True
        keep = self._kept < MOST_KEPT_EVENTS or len(record.end) == TIMELINE_END
        self._kept += keep
        record.add(event, keep=keep)


def near(one: Entry, other: Entry, seconds: float) -> bool:
    """Whether two entries are of about the same time; without times, of the same log."""
    if one.time is None or other.time is None:
        return one.source == other.source
    return abs(one.time - other.time) <= seconds
