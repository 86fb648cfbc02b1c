"""Calendar events such as ``Mon..Fri 10:00`` (calendarspec.c: calendar_spec_from_string).

The grammar is that of systemd's own reader, step by step, because it is looser than its manual in
some places (``Mon,`` is fine) and stricter in others (a repetition must happen at least once).
"""

from __future__ import annotations

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.base.whole_numbers import number_of_digits

SHORTHANDS = frozenset(
    (
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "annually", "anually",
        "biannually", "bi-annually", "semiannually", "semi-annually",
    )
)  # fmt: skip
DAYS = (
    ("monday", 0), ("mon", 0), ("tuesday", 1), ("tue", 1), ("wednesday", 2), ("wed", 2), ("thursday", 3), ("thu", 3),
    ("friday", 4), ("fri", 4), ("saturday", 5), ("sat", 5), ("sunday", 6), ("sun", 6),
)  # fmt: skip
_SECOND = 1_000_000
_NUMBER = late_pattern(r"[0-9]{1,18}")
_FRACTION = late_pattern(r"\.([0-9]+)")
_EPOCH = late_pattern(r"@[0-9]{1,18}")
_LAST_SECOND = 7_258_118_400
"""The beginning of the year 2200, counted from that of 1970."""
_MOST_PARTS = 240
_AFTER_DAY = ("", "-", ".", ",", " ")
_ENDS_COMPONENT = frozenset(("", " ", ",", "-", "~", ":"))


class Malformed(Exception):
    """systemd reads no calendar event; the message says why, where there is more to say than that."""


class CalendarPart(NamedTuple):
    """A number, a range or a repetition; seconds count in microseconds."""

    start: int
    stop: int | None
    repeat: int


Component = tuple[CalendarPart, ...]
"""The parts between commas; empty for ``*``."""


class CalendarEvent(NamedTuple):
    """The components that a text names, of those of date and time."""

    year: Component = ()
    month: Component = ()
    day: Component = ()
    from_end_of_month: bool = False
    hour: Component = ()
    minute: Component = ()
    second: Component = ()
    names_time: bool = False
    """Whether there is a time at all: without one it is midnight."""
    names_seconds: bool = False


def check_event(text: str) -> None:
    """Raises Malformed where systemd reads no calendar event."""
    from unitlint.values.time_zone import without_zone

    body = without_zone(text)
    if not body:
        raise Malformed
    if body.lower() in SHORTHANDS:
        return
    read_event(body)


def read_event(body: str) -> tuple[str, CalendarEvent]:
    """The week days of an event without a time zone, as they are written, and its date and time; raises Malformed."""
    begin = _skip_week_days(body)
    event, at, is_complete = _read_date(body, begin)
    if not is_complete:
        event, at = _read_time(body, at, event)
    if at != len(body):
        raise Malformed
    _check_bounds(event)
    return body[:begin].strip(), event


def _skip_week_days(text: str) -> int:
    """Where the date begins (parse_weekdays)."""
    at, start_of_range = 0, None
    while True:
        day = _week_day_at(text, at)
        if day is None:
            if at:
                raise Malformed
            return 0
        name, number = day
        if start_of_range is not None and start_of_range > number:
            raise Malformed("a range of week days runs from Mon to Sun")
        at += len(name)
        separator = _separator_at(text, at)
        if separator in ("", " "):
            return _skip_blanks(text, at)
        if separator != "," and start_of_range is not None:
            raise Malformed
        start_of_range = None if separator == "," else number
        at += len(separator)
        if text[at : at + 1] in ("", " "):
            if start_of_range is not None:
                raise Malformed
            return _skip_blanks(text, at)


def _week_day_at(text: str, at: int) -> tuple[str, int] | None:
    """The name that a week day has there, long or short, and its number; None where there is no such name."""
    rest = text[at:].lower()
    day = next((day for day in DAYS if rest.startswith(day[0])), None)
    if day is not None and rest[len(day[0]) : len(day[0]) + 1] not in _AFTER_DAY:
        raise Malformed
    return day


def _separator_at(text: str, at: int) -> str:
    """What stands behind a week day: nothing, a blank, a comma, or the ``-`` or ``..`` of a range."""
    separator = ".." if text.startswith("..", at) else text[at : at + 1]
    if separator == ".":
        raise Malformed
    return separator


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _read_date(text: str, at: int) -> tuple[CalendarEvent, int, bool]:
    """The event, where the time begins, and whether nothing may follow (parse_date)."""
    if at == len(text):
        return CalendarEvent(), at, False
    if text[at] == "@":
        found = _EPOCH.fullmatch(text, at)
        if not found:
            raise Malformed
        if number_of_digits(found[0][1:]) >= _LAST_SECOND:
            raise Malformed("the year must lie between 1970 and 2199")
        return CalendarEvent(), len(text), True
    first, after = _read_component(text, at)
    mark = text[after : after + 1]
    if mark in ("", ":"):
        return CalendarEvent(), at, False  # it is a time
    if mark not in ("-", "~"):
        raise Malformed
    second, after = _read_component(text, after + 1)
    next_mark = text[after : after + 1]
    if next_mark in ("", " "):
        return CalendarEvent(month=first, day=second, from_end_of_month=mark == "~"), _skip_blanks(text, after), False
    if mark == "~" or next_mark not in ("-", "~"):
        raise Malformed
    third, after = _read_component(text, after + 1)
    if text[after : after + 1] not in ("", " "):
        raise Malformed
    event = CalendarEvent(_years(first), second, third, next_mark == "~")
    return event, _skip_blanks(text, after), False


def _read_time(text: str, at: int, event: CalendarEvent) -> tuple[CalendarEvent, int]:
    """Hours and minutes, and seconds if there are any (parse_calendar_time)."""
    if at == len(text):
        return event, at
    hour, at = _read_component(text, at)
    if text[at : at + 1] != ":":
        raise Malformed
    minute, at = _read_component(text, at + 1)
    second: Component = ()
    names_seconds = at != len(text)
    if names_seconds:
        if text[at] != ":":
            raise Malformed
        second, at = _read_component(text, at + 1, seconds=True)
    return event._replace(hour=hour, minute=minute, second=second, names_time=True, names_seconds=names_seconds), at


def _read_component(text: str, at: int, *, seconds: bool = False) -> tuple[Component, int]:
    """``*``, or parts with commas between (parse_chain)."""
    if text[at : at + 1] == "*" and text[at + 1 : at + 2] != "/":
        return (), at + 1
    parts: list[CalendarPart] = []
    while True:
        part, at = _read_part(text, at, seconds=seconds)
        parts.append(part)
        if text[at : at + 1] != ",":
            return tuple(parts), at
        at += 1
        if len(parts) > _MOST_PARTS:
            raise Malformed


def _read_part(text: str, at: int, *, seconds: bool) -> tuple[CalendarPart, int]:
    start, at = _read_number(text, at, seconds=seconds)
    stop = None
    one = _SECOND if seconds else 1
    repeat = 0
    if text.startswith("..", at):
        stop, at = _read_number(text, at + 2, seconds=seconds)
        repeat = one
    if text[at : at + 1] == "/":
        repeat, at = _read_number(text, at + 1, seconds=seconds)
        if repeat == 0:
            raise Malformed("a repetition of 0 makes no sense")
    elif seconds and stop is not None and start + repeat > stop:
        raise Malformed
    if text[at : at + 1] not in _ENDS_COMPONENT:
        raise Malformed
    return CalendarPart(start, stop, repeat), at


def _read_number(text: str, at: int, *, seconds: bool) -> tuple[int, int]:
    found = _NUMBER.match(text, at)
    if not found:
        raise Malformed
    number, at = number_of_digits(found[0]), found.end()
    if not seconds:
        return number, at
    number *= _SECOND
    fraction = _FRACTION.match(text, at)
    if fraction:
        digits = fraction[1]
        number += int(digits[:6].ljust(6, "0")) + (digits[6:7] >= "5")
        at = fraction.end()
    return number, at


def _years(component: Component) -> Component:
    return tuple(
        part._replace(start=_year(part.start), stop=None if part.stop is None else _year(part.stop))
        for part in component
    )


def _year(number: int) -> int:
    """Years below 100 lie between 1970 and 2069."""
    if number < 70:
        return number + 2000
    return number + 1900 if number < 100 else number


def _check_bounds(event: CalendarEvent) -> None:
    """What calendar_spec_valid demands, after calendar_spec_normalize."""
    _check("year", event.year, 1970, 2199)
    _check("month", event.month, 1, 12)
    _check("day", event.day, 1, 31, from_end=event.from_end_of_month)
    _check("hour", event.hour, 0, 23)
    _check("minute", event.minute, 0, 59)
    _check("second", event.second, 0, 60 * _SECOND - 1)


def _check(what: str, component: Component, low: int, high: int, *, from_end: bool = False) -> None:
    top = high - 3 if from_end else high
    for start, stop, repeat in component:
        last = stop
        if last is not None and last > start and repeat:
            last -= (last - start) % repeat
        fits = low <= start <= top and repeat <= top - low
        if last is not None:
            fits = fits and low <= last <= top and start + repeat <= last
        elif from_end:
            fits = fits and start - repeat >= low
        else:
            fits = fits and start + repeat <= top
        if not fits:
            scale = _SECOND if what == "second" else 1
            raise Malformed(f"the {what} must lie between {low} and {top // scale}, and repeat within that")
