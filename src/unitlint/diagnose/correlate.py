"""Events that name no unit, to the units that they are about: by the process's name and the time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from unitlint.diagnose.model import FEW_LINES, LONGEST_COMM, SAME_MOMENT, Entry, near
from unitlint.diagnose.moments import ANY_BOOT, Moments, RecordsByMoment, moments_of
from unitlint.diagnose.records import Record
from unitlint.diagnose.tally import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.diagnose.model import Event
    from unitlint.diagnose.records import Records
    from unitlint.diagnose.unit_lines import UnitLines

LONGEST_DUMP = 60.0
"""Seconds that writing a core may take."""
SINCE_1970 = 1e8
"""Smaller times are those since the start of the machine."""
DUMPED = "core-dump"
MACHINE = "oom-machine"
OF_MANY = (MACHINE, "oomd-pressure")
"""What kills processes of several units at once, and may name only one of them, or none."""
KILLED = ("killed-by-sigkill", "oom-killed")


def correlate(records: Records, lines: UnitLines) -> list[Event]:
    """Gives events to the units that they are about; returns those that are of none.

    ``lines`` knows what the units execute whose files are at hand.
    """
    left: list[Event] = []
    units = list(records.of_units.values())
    for record in units:
        record.close_run()
    of_many = [event for event in records.without_unit if event.kind.id in OF_MANY]
    rest: list[Event] = []
    named, by_moment = _by_name(units), RecordsByMoment(units)
    for event in records.without_unit:
        found, how = _named_by(event, by_moment, named, records, lines)
        if found is None:
            rest.append(event)
        else:
            _join(event, found, how)
            by_moment.add(event, found)
    for event in rest:  # what is named is known by now, such as the dump of a process of which a thread crashed
        found = _of_same_moment(event, by_moment)
        if found is None:
            left.append(event)
        else:
            _join(event, found, "time")
            by_moment.add(event, found)
    around = _add_indirect(of_many, units) if of_many else []
    given = set(map(id, around))
    left = [event for event in left if id(event) not in given]
    left = _without_scraps(left, units)
    if not any(event.kind.alone for event in left):
        return left
    failures = Moments(_failures(left, units))
    return [event for event in left if not (event.kind.alone and failures.has_near(event.entry))]


def _without_scraps(left: list[Event], units: list[Record]) -> list[Event]:
    """Without what tells nothing new beside another event of its moment, as the beginning of a second report."""
    kinds = {kind for event in left for kind in event.kind.beside}
    if not kinds:
        return left
    of_units = ((record.boot, tally) for record in units for name, tally in record.tallies.items() if name in kinds)
    told = [(boot, entry) for boot, tally in of_units for entry in (*tally.moments, tally.last)]
    moments = Moments((*told, *((ANY_BOOT, event.entry) for event in left if event.kind.id in kinds)))
    return [event for event in left if not (event.kind.beside and moments.has_near(event.entry))]


def _named_by(
    event: Event, by_moment: RecordsByMoment, named: dict[str, list[Record]], records: Records, lines: UnitLines
) -> tuple[Record | None, str]:
    """The record of the unit that an event names by its process, and how."""
    found, how = _of_same_process(event, by_moment), "pid"
    if found is None:
        found, how = _of_same_name(event, named), "name"
    if found is None:
        found, how = _of_program(event, records, lines)
    return found, how


def _join(event: Event, record: Record, how: str) -> None:
    _give(event, record, {"joined": how})
    record.start.append(event)
    record.events += 1


def _failures(left: list[Event], units: list[Record]) -> Iterator[tuple[str, Entry]]:
    """When a unit, or something else that names none, failed, each with its boot."""
    for record in units:
        for tally in record.tallies.values():
            yield from ((record.boot, entry) for entry in (*tally.moments, tally.last))
    yield from ((ANY_BOOT, event.entry) for event in left if not event.kind.alone)


def _of_same_process(event: Event, by_moment: RecordsByMoment) -> Record | None:
    """The unit whose process had not executed its program yet, and wrote messages of its own: ``(web)[310]``."""
    pid = event.fields.get("pid", "")
    if not pid or not event.fields.get("comm", "").startswith("("):
        return None
    found = [
        record
        for record in by_moment.around(event, (), SAME_MOMENT)
        if _same_boot(event.entry, record)
        and any(entry.pid == pid and _together(event.entry, entry) for entry in moments_of(record, ()))
    ]
    return min(found, key=by_moment.place, default=None)


def _by_name(units: list[Record]) -> dict[str, list[Record]]:
    """The records by what the processes of their units are called, if after the unit."""
    found: dict[str, list[Record]] = {}
    for record in units:
        found.setdefault(_stem(record.unit)[:LONGEST_COMM], []).append(record)
    return found


def _of_same_name(event: Event, named: dict[str, list[Record]]) -> Record | None:
    comm = event.fields.get("comm", "").strip("()")[:LONGEST_COMM]
    for record in named.get(comm, ()) if comm else ():
        is_near = any(_may_be_together(event.entry, entry) for entry in moments_of(record, ()))
        if is_near and _same_boot(event.entry, record):
            return record
    return None


def _may_be_together(one: Entry, other: Entry) -> bool:
    """The same for what bears one name: writing a core takes long, and one may count from the start of the machine."""
    if one.time is None or other.time is None:
        return _together(one, other)
    return near(one, other, LONGEST_DUMP) or (one.time < SINCE_1970) != (other.time < SINCE_1970)


def _of_program(event: Event, records: Records, lines: UnitLines) -> tuple[Record | None, str]:
    """The record of the unit whose command the program is; ``command`` where only the process's name tells."""
    for name in event.kind.program:
        program = event.fields.get(name, "").partition("//")[0]
        unit = lines.executing(program) if program else ""
        if unit:
            how = "program" if program.startswith("/") else "command"
            return records.of_units.setdefault(
                (event.entry.boot, unit), Record(unit, event.entry.boot, user=False)
            ), how
    return None, ""


def _of_same_moment(event: Event, by_moment: RecordsByMoment) -> Record | None:
    """The only unit around which something was seen in the same seconds that such an event may lead to."""
    if not event.kind.joins or event.kind.id == MACHINE:
        return None
    fitting = (
        record
        for record in by_moment.around(event, event.kind.joins, event.kind.within)
        if _same_boot(event.entry, record)
        and any(_together(event.entry, entry, event.kind.within) for entry in moments_of(record, event.kind.joins))
        and (_is_of_same_failure(event) or not _has_own(record, event))
    )
    found = next(fitting, None)
    return found if next(fitting, None) is None else None  # of thousands that fit, two are enough to know


def _is_of_same_failure(event: Event) -> bool:
    """Whether it may tell without a unit what is told of the unit as well."""
    return event.kind.id in event.kind.joins


def _has_own(record: Record, event: Event) -> bool:
    """Whether the unit has such an event already that names it or its process."""
    tally = record.tallies.get(event.kind.id)
    return tally is not None and tally.fields.get("joined") not in ("time", "command")


def _give(event: Event, record: Record, fields: dict[str, str]) -> Tally:
    """Makes the event one of the unit's causes."""
    kind_id = event.kind.id
    tally = record.tallies.get(kind_id)
    if tally is None:
        tally = record.tallies[kind_id] = Tally(event)
    elif _is_of_same_failure(event):
        tally.add(event)
        return tally
    else:
        same = tally.fields.get("pid") == event.fields.get("pid") and near(tally.last, event.entry, SAME_MOMENT)
        if same and not tally.note(event.fields):
            return tally  # the kernel and the audit daemon tell the same
        tally.add(event)
    tally.fields.update(fields)
    record.causes[kind_id] = record.causes.get(kind_id, 0) + 1
    record.stack = event.fields.get("stack") or record.stack
    return tally


def _add_indirect(of_many: list[Event], units: list[Record]) -> list[Event]:
    """To units that lost a process to SIGKILL while memory was short, though the kernel or systemd-oomd names another.

    Returns the events that were given.
    """
    given = []
    times = [event.entry.time or 0.0 for event in of_many]
    in_order = all(event.entry.time is not None for event in of_many) and times == sorted(times)
    for record in units:
        names = [name for name in KILLED if name in record.causes]
        if not names or not record.causes.keys().isdisjoint(OF_MANY):
            continue
        killed = record.tallies[names[-1]]
        within = _range(times, killed.moments) if in_order else slice(None)
        for event in of_many[within]:
            if _same_boot(event.entry, record) and any(_together(event.entry, entry) for entry in killed.moments):
                tally = _give(event, record, {"indirect": "yes"})
                tally.first, tally.last = killed.first, killed.last
                given.append(event)
                break
    return given


def _range(times: list[float], moments: list[Entry]) -> slice:
    """Where among times, which are in order, those stand that may be of one of these moments."""
    seen = [entry.time for entry in moments if entry.time is not None]
    if len(seen) < len(moments):
        return slice(None)
    return slice(bisect_left(times, min(seen) - SAME_MOMENT), bisect_right(times, max(seen) + SAME_MOMENT))


def _together(one: Entry, other: Entry, seconds: float = SAME_MOMENT) -> bool:
    if one.time is None or other.time is None:
        return one.source == other.source and abs(one.line - other.line) <= FEW_LINES
    return near(one, other, seconds)


def _same_boot(entry: Entry, record: Record) -> bool:
    return not entry.boot or not record.boot or entry.boot == record.boot


def _stem(unit: str) -> str:
    return unit.rpartition(".")[0].partition("@")[0]
