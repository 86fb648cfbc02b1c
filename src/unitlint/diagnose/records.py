"""Events to what is known of each unit and boot: causes with counts, symptoms, a timeline; all of bounded size."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Entry, Event, EventKind

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
    """One kind of event of one unit: how often, when, and what its messages said."""

    __slots__ = ("fields", "first", "kind", "last", "moments", "per_wording")

    def __init__(self, event: Event) -> None:
        self.kind: EventKind = event.kind
        self.fields = dict(event.fields)
        self.first: Entry = event.entry
        self.last: Entry = event.entry
        self.per_wording: dict[str, int] = {}
        self.moments: list[Entry] = []

    @property
    def count(self) -> int:
        """How often it happened; what two messages tell of one failure counts once."""
        return max(self.per_wording.values(), default=1)

    def add(self, event: Event) -> None:
        """Counts an event of this kind."""
        entry = event.entry
        summed_up = entry.fields is not None and "shown" in entry.fields
        if not (summed_up and self.per_wording):
            self.per_wording[event.wording] = self.per_wording.get(event.wording, 0) + 1
            self.last = entry
        if len(self.moments) < MOST_MOMENTS:
            self.moments.append(entry)
        if event.fields is not self.fields:
            self._take(event.fields)

    def join(self, other: Tally) -> None:
        """Adds what another start of the unit brought."""
        count = self.count + other.count
        self.per_wording = {"": count}
        self.last = other.last
        self.moments = (self.moments + other.moments)[:MOST_MOMENTS]
        self._take(other.fields)

    def _take(self, fields: object) -> None:
        mine = self.fields
        for name, value in fields.items():  # type: ignore[attr-defined]
            if value and (name not in mine or not mine[name]):
                mine[name] = value
            elif name in LARGEST_COUNTS and value and value.isdigit() and int(value) > int(mine[name] or 0):
                mine[name] = value


class Record:
    """What happened to one unit during one boot."""

    def __init__(self, unit: str, boot: str, *, user: bool) -> None:
        self.unit = unit
        self.boot = boot
        self.user = user
        self.causes: dict[str, Tally] = {}
        self.symptoms: dict[str, int] = {}
        self.start: list[Event] = []
        self.end: list[Event] = []
        self.events = 0
        self.restarts = ""
        self.result = ""
        self.said = ""
        self.stack = ""
        self.run: dict[str, Tally] = {}
        self._time: float | None = None

    def add(self, event: Event, *, keep: bool) -> None:
        """Takes in an event of the unit; ``keep`` is whether the timeline may grow."""
        kind = event.kind
        time = event.entry.time
        if time is not None:
            if self._time is not None and abs(time - self._time) > NEW_RUN_AFTER:
                self.close_run()
            self._time = time
        self.events += 1
        if keep:
            self._remember(event)
        if event.fields.get("result"):
            self.result = event.fields["result"]
        if event.fields.get("stack"):
            self.stack = event.fields["stack"]
        if event.entry.before and "status" in event.fields:
            self.said = event.entry.before
        if kind.role != "note":
            tally = self.run.get(kind.id)
            if tally is None:
                tally = self.run[kind.id] = Tally(event)
            tally.add(event)
        if kind.boundary:
            if event.fields.get("restarts"):
                self.restarts = event.fields["restarts"]
            self.close_run()

    def _remember(self, event: Event) -> None:
        if len(self.start) < TIMELINE_START:
            self.start.append(event)
        else:
            self.end.append(event)
            if len(self.end) > TIMELINE_END:
                del self.end[0]

    def close_run(self) -> None:
        """Of what happened since the unit was started last, the event of the highest rank is the cause."""
        run, self.run = self.run, {}
        if not run:
            return
        best = max(run.values(), key=lambda tally: tally.kind.rank)
        if best.kind.role == "symptom" and self._explained(best):
            best = None  # type: ignore[assignment]
        for tally in run.values():
            if tally is not best:
                self.count_symptom(tally)
        if best is None:
            return
        known = self.causes.get(best.kind.id)
        if known is None:
            self.causes[best.kind.id] = best
        else:
            known.join(best)

    def count_symptom(self, tally: Tally) -> None:
        """Notes what followed from a cause."""
        self.symptoms[tally.kind.title] = self.symptoms.get(tally.kind.title, 0) + tally.count

    def _explained(self, tally: Tally) -> bool:
        return any(
            cause.kind.rank > tally.kind.rank and near(cause.last, tally.first, STILL_EXPLAINED)
            for cause in self.causes.values()
        )

    def settle(self) -> None:
        """At the end: causes that are symptoms of others are no causes any more."""
        self.close_run()
        for name, tally in list(self.causes.items()):
            others = [other for other in self.causes.values() if other is not tally]
            by_name = any(other.kind.id in tally.kind.explained_by for other in others)
            if by_name or (tally.kind.role == "symptom" and self._explained(tally)):
                del self.causes[name]
                self.count_symptom(tally)
                for other in others:
                    if other.kind.id in tally.kind.explained_by and tally.count > other.count:
                        other.per_wording = {"": tally.count}


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
        record.user = record.user or event.user
        keep = self._kept < MOST_KEPT_EVENTS or len(record.end) == TIMELINE_END
        self._kept += keep
        record.add(event, keep=keep)


def near(one: Entry, other: Entry, seconds: float) -> bool:
    """Whether two entries are of about the same time; without times, of the same log."""
    if one.time is None or other.time is None:
        return one.source == other.source
    return abs(one.time - other.time) <= seconds
