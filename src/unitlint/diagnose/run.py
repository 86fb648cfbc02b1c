"""Logs and unit files to a diagnosis."""

from __future__ import annotations

import gc
import os
from functools import partial

from unitlint.diagnose.groups import joined
from unitlint.diagnose.incidents import incidents_of
from unitlint.diagnose.model import Diagnosis, Event
from unitlint.diagnose.reading import LogReader
from unitlint.diagnose.recognise import Recogniser
from unitlint.diagnose.records import Records
from unitlint.diagnose.sightings import expanded
from unitlint.diagnose.sources import logs_of, open_log
from unitlint.diagnose.table import load_events
from unitlint.diagnose.unit_lines import UnitLines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unitlint.diagnose.model import Incident
    from unitlint.diagnose.reading import Opened
    from unitlint.diagnose.sightings import Sighting

MOST_COMPARED = 50_000
"""Events of which it is remembered in which log they stood."""
LOGS_ABOVE_UNITS = ("etc/systemd", "usr/lib/systemd", "lib/systemd")


class Window:
    """Times outside of which events are left out; entries without a time of day are kept."""

    def __init__(self, since: float | None = None, until: float | None = None) -> None:
        self._since, self._until = since, until
        self.left_out = 0
        """How many events were outside."""

    def holds(self, event: Event) -> bool:
        """Whether the event is within, as far as can be told."""
        time = event.entry.time
        if time is None or time < 1e8:
            return True
        within = (self._since is None or time >= self._since) and (self._until is None or time <= self._until)
        self.left_out += not within
        return within


def diagnose(
    logs: Sequence[str],
    *,
    units: Sequence[str] = (),
    root: str | None = None,
    only: Sequence[str] = (),
    since: float | None = None,
    until: float | None = None,
) -> Diagnosis:
    """Reads logs (paths, folders, ``-``) and tells what went wrong, with the lines of the units that are given.

    ``only`` are names of units; ``since`` and ``until`` seconds since 1970.  A log that cannot be read becomes one of
    the errors.  Raises UnitlintError for a path that is not there.
    """
    lines = UnitLines(units, root if root is not None else _root_of(logs, units))
    paths = logs_of(list(logs))
    window = Window(since, until) if since is not None or until is not None else None
    return diagnose_streams([(path, partial(open_log, path)) for path in paths], lines, only, window)


def diagnose_streams(
    streams: Sequence[tuple[str, Opened]],
    lines: UnitLines | None = None,
    only: Sequence[str] = (),
    window: Window | None = None,
) -> Diagnosis:
    """The same for streams, each with a name; they are opened one after the other."""
    lines = lines or UnitLines()
    reading = LogReader(Recogniser(load_events()))
    records = Records()
    each = [reading.events(name, opened) for name, opened in streams]
    events: Iterable[Event | Sighting] = each[0] if each else ()
    if len(each) > 1 or window is not None:
        events = _chosen(each, window)
    events = joined(events)
    thresholds = gc.get_threshold()
    # Hardly anything that is made here lives long, and none of it in circles.
    gc.set_threshold(max(thresholds[0], 200_000), *thresholds[1:])
    try:
        for event in events:
            records.add(event)
    finally:
        gc.set_threshold(*thresholds)
    incidents = [one for one in incidents_of(records, lines) if _is_asked(one, only)]
    return Diagnosis(
        incidents=tuple(incidents),
        entries=reading.entries,
        sources=tuple(name for name, _ in streams),
        errors=tuple(reading.errors),
        texts=lines.texts,
        units_given=lines.given,
        more=len(records.more),
        outside=window.left_out if window is not None else 0,
    )


def _chosen(each: Sequence[Iterator[Event | Sighting]], window: Window | None) -> Iterator[Event]:
    """The events of several logs in order, each once, or of one; those that are within a time."""
    logs = [map(expanded, events) for events in each]
    events = _by_time(logs) if len(logs) > 1 else logs[0]
    if window is not None:
        events = filter(window.holds, events)
    return _once(events) if len(logs) > 1 else events


def _by_time(streams: Iterable[Iterator[Event]]) -> Iterator[Event]:
    """The events of several logs in the order of their times; without one an event stays behind the one before it."""
    from heapq import merge

    def timed(stream: Iterator[Event]) -> Iterator[tuple[float, Event]]:
        latest = 0.0
        for event in stream:
            latest = max(latest, event.entry.time or 0.0)
            yield latest, event

    for _, event in merge(*(timed(stream) for stream in streams), key=lambda pair: pair[0]):
        yield event


def _once(events: Iterable[Event]) -> Iterator[Event]:
    """Without what another log has told already, as a journal and /var/log/messages hold the same."""
    seen: dict[tuple[str, int, str], str] = {}
    for event in events:
        entry = event.entry
        key = (entry.message, int(entry.time) if entry.time is not None else entry.line, event.unit)
        if seen.setdefault(key, entry.source) == entry.source:
            yield event
        if len(seen) > MOST_COMPARED:
            del seen[next(iter(seen))]


def _is_asked(incident: Incident, only: Sequence[str]) -> bool:
    from fnmatch import fnmatchcase

    units = (incident.unit, *(dependent.unit for dependent in incident.dependents))
    patterns = [name if "." in name else f"{name}.service" for name in only]
    return not only or any(fnmatchcase(unit, pattern) for unit in units for pattern in patterns)


def _root_of(logs: Sequence[str], units: Sequence[str]) -> str | None:
    """The folder of a sosreport, which holds the unit files too."""
    for path in logs if not units else ():
        if os.path.isdir(path) and any(os.path.isdir(os.path.join(path, part)) for part in LOGS_ABOVE_UNITS):
            return path
    return None
