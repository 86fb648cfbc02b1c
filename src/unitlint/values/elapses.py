"""When a calendar event elapses next (calendarspec.c: calendar_spec_next_usec), and time spans in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo

from unitlint.values.calendar_event import DAYS, CalendarEvent, Component, read_event
from unitlint.values.time_zone import without_zone

LAST_YEAR = 2199
_SECOND = 1_000_000
_SHORTHANDS = {
    "minutely": "*-*-* *:*:00", "hourly": "*-*-* *:00:00", "daily": "*-*-* 00:00:00", "weekly": "Mon *-*-* 00:00:00",
    "monthly": "*-*-01 00:00:00", "quarterly": "*-01,04,07,10-01 00:00:00", "yearly": "*-01-01 00:00:00",
    "semiannually": "*-01,07-01 00:00:00",
}  # fmt: skip
_OTHER_NAMES = {
    "annually": "yearly", "anually": "yearly", "biannually": "semiannually", "bi-annually": "semiannually",
    "semi-annually": "semiannually",
}  # fmt: skip


def next_times(text: str, now: datetime, count: int = 3, zone: tzinfo | None = None) -> list[datetime]:
    """The next ``count`` times after ``now`` at which ``text`` elapses, fewer where there are no more.

    They are in the time zone that the text names, else in ``zone``, which is that of the machine where it is None.
    ``now`` has a time zone. Raises Malformed for what is no event.
    """
    body = without_zone(text.strip())
    zone = _zone_of(text.strip()[len(body) :].strip(), zone)
    written_days, event = read_event(normalized(body))
    if body.startswith("@"):
        at = datetime.fromtimestamp(int(body[1:]), timezone.utc)
        return [at.astimezone(zone)] if at > now else []
    week_days = _week_days(written_days)
    found: list[datetime] = []
    local_now = now.astimezone(zone)
    for day in _days(event, week_days, local_now):
        for hour, minute, second in _moments(event):
            # A time that a change of the clock leaves out is the one that the clock shows instead.
            at = datetime(*day, hour, minute, second, tzinfo=zone).astimezone(timezone.utc).astimezone(zone)
            if at > now and at not in found:
                found.append(at)
                if len(found) == count:
                    return found
    return found


def normalized(body: str) -> str:
    """A shorthand such as ``daily`` as the event that it stands for; every other text as it is."""
    lowered = body.lower()
    return _SHORTHANDS.get(_OTHER_NAMES.get(lowered, lowered), body)


def _week_days(text: str) -> frozenset[int]:
    """The days, Monday being 0, of ``Mon..Wed,Fri``; none where every day counts."""
    numbers = dict(DAYS)
    found: set[int] = set()
    for part in filter(None, text.lower().split(",")):
        first, _, last = part.strip().replace("..", "-").partition("-")
        found.update(range(numbers[first], numbers[last or first] + 1))
    return frozenset(found)


def _zone_of(name: str, otherwise: tzinfo | None) -> tzinfo | None:
    if not name:
        return otherwise
    if name.upper() == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise


def _days(event: CalendarEvent, week_days: frozenset[int], now: datetime) -> Iterator[tuple[int, int, int]]:
    months = _numbers(event.month, 1, 12)
    for year in _numbers(event.year, 1970, LAST_YEAR):
        if year < now.year:
            continue
        for month in months:
            if (year, month) < (now.year, now.month):
                continue
            first = date(year, month, 1)
            first_week_day, length = first.weekday(), (date(year + month // 12, month % 12 + 1, 1) - first).days
            for day in _days_of_month(event, length):
                is_past = (year, month, day) < (now.year, now.month, now.day)
                if not is_past and (not week_days or (first_week_day + day - 1) % 7 in week_days):
                    yield year, month, day


def _days_of_month(event: CalendarEvent, length: int) -> list[int]:
    if not event.from_end_of_month:
        return [day for day in _numbers(event.day, 1, 31) if day <= length]
    found: set[int] = set()
    for start, stop, repeat in event.day:
        first, last = length - start + 1, None if stop is None else length - stop + 1
        if last is not None and last < first:
            first, last = last, first
        found.update(_part(first, last, repeat, length))
    return sorted(day for day in found or range(1, length + 1) if 1 <= day <= length)


def _moments(event: CalendarEvent) -> Iterator[tuple[int, int, int]]:
    """The times of a day; without a time it is midnight, and without seconds the full minute."""
    hours = _numbers(event.hour, 0, 23) if event.names_time else [0]
    minutes = _numbers(event.minute, 0, 59) if event.names_time else [0]
    seconds = sorted({second // _SECOND for second in _numbers(event.second, 0, 60 * _SECOND - 1, step=_SECOND)})
    if not event.names_seconds:
        seconds = [0]
    for hour in hours:
        for minute in minutes:
            for second in seconds:
                yield hour, minute, second


def _numbers(component: Component, low: int, high: int, step: int = 1) -> list[int]:
    if not component:
        return list(range(low, high + 1, step))
    return sorted({number for part in component for number in _part(*part, high) if low <= number <= high})


def _part(start: int, stop: int | None, repeat: int, high: int) -> range:
    if stop is None:
        return range(start, high + 1, repeat) if repeat else range(start, start + 1)
    return range(start, stop + 1, repeat or 1)


_UNITS = (
    (31_557_600, "year"), (2_629_800, "month"), (604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute"),
)  # fmt: skip


def spelled_out(microseconds: int) -> str:
    """A time span in words: ``1 hour 30 minutes``."""
    span = timedelta(microseconds=microseconds)
    seconds, rest = span.days * 86_400 + span.seconds, span.microseconds
    words = []
    for length, name in _UNITS:
        number, seconds = divmod(seconds, length)
        if number:
            words.append(f"{number} {name}{'' if number == 1 else 's'}")
    for number, name in ((seconds, "second"), (rest // 1000, "millisecond"), (rest % 1000, "microsecond")):
        if number:
            words.append(f"{number} {name}{'' if number == 1 else 's'}")
    return " ".join(words) or "0 seconds"
