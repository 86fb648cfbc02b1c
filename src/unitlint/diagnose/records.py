"""Events to what is known of each unit and boot: causes with counts, symptoms, a timeline; all of bounded size."""

from __future__ import annotations

from collections import deque

from unitlint.diagnose.dependents import Dependents
from unitlint.diagnose.model import SAME_MOMENT, Event, near
from unitlint.diagnose.sightings import event_of, expanded
from unitlint.diagnose.tally import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.forms import Form
    from unitlint.diagnose.model import Entry, EventKind, Fields
    from unitlint.diagnose.sightings import Sighting

NEW_RUN_AFTER = 300.0
"""Seconds of silence after which what happens has a cause of its own."""
STILL_EXPLAINED = 900.0
"""Seconds for which a cause explains symptoms of later starts."""
MOST_RECORDS = 3_000
MOST_FORMS = 64
"""Forms of lines that a record knows."""
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
        self.latest: deque[Event | Sighting] = deque(maxlen=TIMELINE_END)
        """The end of the timeline."""
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
        self.known: dict[int, tuple[Form, Tally | None]] = {}
        """Forms of lines that say nothing new, by their ids, and what counts them; nothing counts notes."""
        self._no_failures: tuple[str, ...] = ()
        """Events that are no failure, as a pasted status says that the unit runs."""
        self._ended = False
        """Whether the manager has told the result of this start."""

    def keep(self, event: Event) -> None:
        """Puts an event at the end of the timeline, which grows until it is full."""
        if len(self.start) < TIMELINE_START:
            self.start.append(event)
        else:
            self.latest.append(event)
            self.is_full = len(self.latest) == TIMELINE_END

    @property
    def end(self) -> tuple[Event, ...]:
        """The end of the timeline."""
        if any(not isinstance(event, Event) for event in self.latest):
            self.latest = deque(map(expanded, self.latest), maxlen=TIMELINE_END)
        return tuple(self.latest)  # type: ignore[arg-type]

    def add(self, event: Event) -> None:
        """Takes in an event of the unit."""
        kind, fields, entry, _, _, wording = event
        if entry.time != self._time:
            self._go_on(entry.time)
        self.events += 1
        if kind.role != "note" and kind.id not in self._no_failures:
            tally = self.tallies.get(kind.id)
            if tally is None:
                tally = self.tallies[kind.id] = Tally(event)
            elif fields is tally.taken and tally.is_full:
                tally.latest = entry  # nothing of it is new
            else:
                tally.add(event)
            if entry.fields is not None and "shown" in entry.fields:
                self._status[tally.id] = 1  # a pasted status sums up what is told elsewhere
            else:
                self._count(tally, wording)
            if tally.speaks:
                self._listen(fields, entry.before)
        elif kind.clears:
            self._clear(kind.clears, entry)
            if entry.fields is not None and "shown" in entry.fields:
                self._no_failures = kind.clears
                self.known.clear()
        # A process may speak before the manager says that it was started.
        if kind.boundary and (self._ended or kind.role != "note"):
            self.restarts = fields.get("restarts") or self.restarts
            self.close_run()

    def add_line(self, sighting: Sighting) -> None:
        """Takes in a line that stands for an event of the unit."""
        self.add(event_of(sighting))
        self._learn(sighting[0])

    def again(self, sighting: Sighting, tally: Tally | None) -> None:
        """Takes in a line of a form that is ``known``, by its tally: its time alone is new."""
        form, line, _, time, _, _, _, before = sighting
        if self.is_full:
            self.latest.append(sighting)
        if time != self._time:
            self._go_on(time)
        self.events += 1
        if tally is not None:
            tally.latest = sighting
            if tally.in_run and tally.wording == form.wording:
                tally.in_run += 1
            else:
                self._count(tally, form.wording)
            if form.speaks:
                self._listen(form.fields, before)
        if form.restarts_run and (self._ended or tally is not None):
            self.restarts = form.value("restarts", line) or self.restarts
            self.close_run()

    def _learn(self, form: Form) -> None:
        """Remembers a form of which a line was added, if others say nothing new."""
        kind = form.kind
        if kind.clears or kind.follows or self._no_failures or len(self.known) >= MOST_FORMS:
            return
        tally = self.tallies.get(kind.id) if kind.role != "note" else None
        if kind.role == "note" or (tally is not None and tally.is_told_by(form)):
            self.known[id(form)] = form, tally

    def _go_on(self, time: float | None) -> None:
        """Ends a run after a long silence."""
        if time is not None:
            if self._time is not None and not -NEW_RUN_AFTER <= time - self._time <= NEW_RUN_AFTER:
                self.close_run()
            self._time = time

    def _count(self, tally: Tally, wording: str) -> None:
        """Counts what a message tells."""
        if not tally.in_run:
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

    def _listen(self, fields: Fields, before: str) -> None:
        result = fields.get("result")
        if result:
            self.result = result
            self._ended = True
        if "stack" in fields:
            self.stack = fields["stack"] or self.stack
        if before and "status" in fields:
            self.said = before

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

    def add(self, read: Event | Sighting) -> None:
        """Takes in an event, or a line that stands for one."""
        if isinstance(read, Event):
            self._add(read, read.kind, read.unit, read.entry.boot)
            return
        form, _, _, _, unit, boot, _, _ = read
        record = self._latest
        if record is None or unit != record.unit or boot != record.boot:
            record = self.of_units.get((boot, unit))
        known = record.known.get(id(form)) if record is not None else None
        if record is None or known is None or not (record.is_full or self._kept >= MOST_KEPT_EVENTS):
            self._add(read, form.kind, unit, boot)
            return
        self._latest = record
        if known[1] is not None:
            self.dependents.latest = read
        record.again(read, known[1])

    def _add(self, read: Event | Sighting, kind: EventKind, unit: str, boot: str) -> None:
        if kind.follows and self.dependents.take(expanded(read)):
            return
        if not unit:
            if kind.role == "cause" and len(self.without_unit) < MOST_RECORDS:
                self.without_unit.append(expanded(read))
            return
        record = self._latest
        if record is None or unit != record.unit or boot != record.boot:
            record = self.of_units.get((boot, unit)) or self._new_record(kind, boot, unit)
            if record is None:
                return
            self._latest = record
        if read.user if isinstance(read, Event) else read[0].user:
            record.user = True
        if not kind.follows and kind.role != "note":
            self.dependents.latest = read
        if record.is_full:
            record.latest.append(read)
        elif self._kept < MOST_KEPT_EVENTS:
            self._kept += 1
            record.keep(expanded(read))
        if isinstance(read, Event):
            record.add(read)
        else:
            record.add_line(read)

    def _new_record(self, kind: EventKind, boot: str, unit: str) -> Record | None:
        """The record of a unit that has none yet; None where there are too many."""
        if len(self.of_units) >= MOST_RECORDS:
            if kind.role == "cause" and len(self.more) < 10 * MOST_RECORDS:
                self.more.add(unit)
            return None
        record = self.of_units[boot, unit] = Record(unit, boot, user=False)
        return record
