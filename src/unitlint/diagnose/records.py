"""Events to what is known of each unit and boot: causes with counts, symptoms, a timeline; all of bounded size."""

from __future__ import annotations

from collections import deque

from unitlint.diagnose.dependents import Dependents
from unitlint.diagnose.model import SAME_MOMENT, near
from unitlint.diagnose.tally import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Entry, Event, Fields

NEW_RUN_AFTER = 300.0
"""Seconds of silence after which what happens has a cause of its own."""
STILL_EXPLAINED = 900.0
"""Seconds for which a cause explains symptoms of later starts."""
MOST_RECORDS = 3_000
TIMELINE_START, TIMELINE_END = 40, 60
MOST_KEPT_EVENTS = 30_000


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
        self.is_full = False
        """Whether the timeline is, so that an event takes the place of another one."""
        self.events = 0
        self.restarts = ""
        self.result = ""
        self.said = ""
        self.stack = ""
        self._run: list[Tally] = []
        """What was told since the unit was started last."""
        self._status: dict[str, int] = {}
        """What a pasted status sums up; the log below it tells the same once more."""
        self._time: float | None = None
        self._no_failures: tuple[str, ...] = ()
        """Events that are no failure, as a pasted status says that the unit runs."""
        self._ended = False
        """Whether the manager has told the result of this start."""

    def keep(self, event: Event) -> None:
        """Puts an event at the end of the timeline, which grows until it is full."""
        if len(self.start) < TIMELINE_START:
            self.start.append(event)
        else:
            self.end.append(event)
            self.is_full = len(self.end) == TIMELINE_END

    def add(self, event: Event) -> None:
        """Takes in an event of the unit."""
        kind, fields, entry, _, _, wording = event
        time = entry.time
        if time != self._time and time is not None:
            if self._time is not None and not -NEW_RUN_AFTER <= time - self._time <= NEW_RUN_AFTER:
                self.close_run()
            self._time = time
        self.events += 1
        if kind.role != "note" and kind.id not in self._no_failures:
            tally = self.tallies.get(kind.id)
            if tally is None:
                tally = self.tallies[kind.id] = Tally(event)
            elif fields is tally.taken and tally.is_full:
                tally.last = entry  # nothing of it is new
            else:
                tally.add(event)
            if tally.in_run or entry.fields is not None:
                self._count(tally, entry, wording)
            else:
                self._run.append(tally)
                tally.wording = wording
                tally.in_run = 1
            if tally.speaks:
                self._listen(fields, entry)
        elif kind.clears:
            self._clear(kind.clears, entry)
            if entry.fields is not None and "shown" in entry.fields:
                self._no_failures = kind.clears
        # A process may speak before the manager says that it was started.
        if kind.boundary and (self._ended or kind.role != "note"):
            self.restarts = fields.get("restarts") or self.restarts
            self.close_run()

    def _count(self, tally: Tally, entry: Entry, wording: str) -> None:
        """Counts what a message tells; a pasted status sums up what is told elsewhere."""
        if entry.fields is not None and "shown" in entry.fields:
            self._status[tally.id] = 1
        elif not tally.in_run:
            self._run.append(tally)
            tally.wording = wording
            tally.in_run = 1
        elif wording == tally.wording:
            tally.in_run += 1
        else:
            tally.in_run_otherwise[wording] = tally.in_run_otherwise.get(wording, 0) + 1

    def _clear(self, ids: tuple[str, ...], entry: Entry) -> None:
        """Takes back what was told just before and turned out to be no failure."""
        for tally in [tally for tally in self._run if not {tally.id, *tally.kind.refines}.isdisjoint(ids)]:
            if near(tally.last, entry, SAME_MOMENT):
                self._run.remove(tally)
                tally.in_run = 0
                tally.in_run_otherwise.clear()

    def _listen(self, fields: Fields, entry: Entry) -> None:
        result = fields.get("result")
        if result:
            self.result = result
            self._ended = True
        if "stack" in fields:
            self.stack = fields["stack"] or self.stack
        if entry.before and "status" in fields:
            self.said = entry.before

    def close_run(self) -> None:
        """Of what happened since the unit was started last, the event of the highest rank is the cause."""
        run = self._run
        self._ended = False
        if not run:
            return
        self._run = []
        best = run[0]
        for tally in run:
            if tally.rank > best.rank:
                best = tally
        cause = None if best.kind.role == "symptom" and self._explained(best) else best
        for tally in run:
            count = tally.in_run
            tally.in_run = 0
            if tally.in_run_otherwise:  # what two messages tell of one failure counts once
                count = max(count, *tally.in_run_otherwise.values())
                tally.in_run_otherwise.clear()
            told = self.causes if tally is cause else self.symptoms
            told[tally.id] = told.get(tally.id, 0) + count

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
        for name in [name for name in self._status if name not in told]:
            tally = self.tallies[name]
            if any(self.tallies[cause].rank > tally.rank for cause in self.causes):
                self.symptoms[name] = 1  # the status sums up what the log below it tells
                continue
            tally.in_run = 1
            self._run.append(tally)
        self.close_run()
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
        self.dependents = Dependents()
        self._kept = 0
        self._latest: Record | None = None

    def add(self, event: Event) -> None:
        """Takes in an event."""
        kind, _, entry, unit, user, _ = event
        follows = kind.follows
        if follows and self.dependents.take(event):
            return
        if not unit:
            if kind.role == "cause" and len(self.without_unit) < MOST_RECORDS:
                self.without_unit.append(event)
            return
        record = self._latest
        if record is None or unit != record.unit or entry.boot != record.boot:
            record = self.of_units.get((entry.boot, unit)) or self._new_record(event)
            if record is None:
                return
            self._latest = record
        if user:
            record.user = True
        if not follows and kind.role != "note":
            self.dependents.latest = event
        if record.is_full:
            record.end.append(event)
        elif self._kept < MOST_KEPT_EVENTS:
            self._kept += 1
            record.keep(event)
        record.add(event)

    def _new_record(self, event: Event) -> Record | None:
        """The record of an event's unit, which has none yet; None where there are too many."""
        kind, _, entry, unit, user, _ = event
        if len(self.of_units) >= MOST_RECORDS:
            if kind.role == "cause" and len(self.more) < 10 * MOST_RECORDS:
                self.more.add(unit)
            return None
        record = self.of_units[entry.boot, unit] = Record(unit, entry.boot, user=user)
        return record
