"""When things were seen, in order, so that an event need not be compared with each of them."""

from __future__ import annotations

from bisect import bisect_left, insort

from unitlint.diagnose.model import FEW_LINES, SAME_MOMENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unitlint.diagnose.model import Entry, Event
    from unitlint.diagnose.records import Record

ANY_BOOT = ""


class Moments:
    """The moments of many entries, each with the boot that it belongs to."""

    def __init__(self, seen: Iterable[tuple[str, Entry]]) -> None:
        self._times: dict[str, list[float]] = {}
        self._lines: dict[tuple[str, str], list[int]] = {}
        self._lines_without_time: dict[tuple[str, str], list[int]] = {}
        self._boots: dict[str, None] = {}
        for boot, entry in seen:
            self._boots[boot] = None
            self._lines.setdefault((boot, entry.source), []).append(entry.line)
            if entry.time is None:
                self._lines_without_time.setdefault((boot, entry.source), []).append(entry.line)
            else:
                self._times.setdefault(boot, []).append(entry.time)
        for times in self._times.values():
            times.sort()
        for lines in (*self._lines.values(), *self._lines_without_time.values()):
            lines.sort()

    def has_near(self, entry: Entry) -> bool:
        """Whether one of them is of the moment of ``entry`` and of no other boot; see correlate.py."""
        boots = (ANY_BOOT, entry.boot) if entry.boot else tuple(self._boots)
        lines = self._lines if entry.time is None else self._lines_without_time
        return any(
            (entry.time is not None and _has(self._times.get(boot), entry.time, SAME_MOMENT))
            or _has(lines.get((boot, entry.source)), entry.line, FEW_LINES)
            for boot in boots
        )


class RecordsByMoment:
    """The records of units by the times of what was seen of them, for each choice of kinds that is asked for."""

    def __init__(self, units: list[Record]) -> None:
        self._units = units
        self._places = {id(record): place for place, record in enumerate(units)}
        self._orders: dict[tuple[str, ...], tuple[list[tuple[float, int]], list[int]]] = {}

    def place(self, record: Record) -> int:
        """The number of the record among all."""
        return self._places[id(record)]

    def around(self, event: Event, kinds: tuple[str, ...], within: float) -> Iterator[Record]:
        """Those of which events of these kinds (or any) were seen within seconds of ``event``, and maybe others, each
        once."""
        time = event.entry.time
        if time is None:
            yield from self._units
            return
        order, without_time = self._order(kinds)
        seen = set(without_time)
        yield from (self._units[place] for place in without_time)
        at = bisect_left(order, (time - within, -1))
        while at < len(order) and order[at][0] <= time + within:
            place = order[at][1]
            if place not in seen:
                seen.add(place)
                yield self._units[place]
            at += 1

    def add(self, event: Event, record: Record) -> None:
        """Counts what was given to a record."""
        place = self._places.get(id(record))
        for kinds, (order, without_time) in self._orders.items():
            if place is None or (kinds and event.kind.id not in kinds):
                continue
            if event.entry.time is not None:
                insort(order, (event.entry.time, place))
            elif place not in without_time:
                without_time.append(place)

    def _order(self, kinds: tuple[str, ...]) -> tuple[list[tuple[float, int]], list[int]]:
        if kinds not in self._orders:
            order: set[tuple[float, int]] = set()
            without_time: dict[int, None] = {}
            for place, record in enumerate(self._units):
                for entry in moments_of(record, kinds):
                    if entry.time is None:
                        without_time[place] = None
                    else:
                        order.add((entry.time, place))
            self._orders[kinds] = sorted(order), list(without_time)
        return self._orders[kinds]


def moments_of(record: Record, ids: tuple[str, ...]) -> Iterator[Entry]:
    """What was seen of a unit: all of it, or events of these kinds."""
    for tally in record.tallies.values():
        if not ids or tally.kind.id in ids:
            yield from tally.moments
    for event in (*record.start, *record.end):
        if not ids or event.kind.id in ids:
            yield event.entry


def _has(values: list[float] | list[int] | None, wanted: float, within: float) -> bool:
    """Whether one of the values, which are in order, is so near."""
    if not values:
        return False
    at = bisect_left(values, wanted - within)
    return at < len(values) and values[at] <= wanted + within
