"""Triggers of timers: OnCalendar= and the time spans (load-fragment.c: config_parse_timer)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.likeness import nearest
from unitlint.base.whole_numbers import is_whole_number, whole_number
from unitlint.values.calendar_event import SHORTHANDS, Malformed, check_event
from unitlint.values.faults import ignored, whole
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import BAD_SPECIFIER, FULL, expand
from unitlint.values.time_zone import nearest_zone
from unitlint.values.timespan import parse_timespan, seconds

NO_EVENT = "expected a calendar event such as daily, Mon..Fri 10:00 or *-*-01 03:00:00"


def trigger(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_timer: OnCalendar= takes a calendar event, the others a time span."""
    if not text:
        return ()
    expanded = expand(text, context, FULL)
    if expanded is None:
        return (ignored(whole(text), BAD_SPECIFIER, "bad-specifier"),)
    if context.directive == "OnCalendar":
        return _event_problems(text, expanded)
    return [problem._replace(start=0, end=len(text)) for problem in seconds(expanded, context)]


def calendar(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_calendar: a calendar event, or nothing."""
    return _event_problems(text, text) if text else ()


def _event_problems(text: str, expanded: str) -> tuple[ValueProblem, ...]:
    try:
        check_event(expanded)
    except Malformed as malformed:
        reason = str(malformed)
        if reason:
            return (ignored(whole(text), reason, "out-of-range"),)
        return (ignored(whole(text), NO_EVENT, suggestion=_meant(text)),)
    return ()


def _meant(text: str) -> str | None:
    if len(text.split()) == 5 and all(word[0] in "*0123456789" for word in text.split()):
        return _from_crontab(text.split())
    if parse_timespan(text) is not None:
        return None
    event, _, zone = text.rpartition(" ")
    if "/" in zone and zone[:1].isalpha():
        return _with_nearest_zone(event, zone)
    return nearest(text, sorted(SHORTHANDS - {"anually"})) if text.replace("-", "").isalpha() else None


def _with_nearest_zone(event: str, zone: str) -> str | None:
    try:
        check_event(event)
    except Malformed:
        return None
    close = nearest_zone(zone)
    return f"{event} {close}" if close else None


def _from_crontab(fields: list[str]) -> str | None:
    """The calendar event of five plain fields of a crontab."""
    if any(not (field == "*" or is_whole_number(field)) for field in fields):
        return None
    minute, hour, day, month, week_day = fields
    days = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    day_number = whole_number(week_day) or 0
    if day_number > 7:
        return None
    head = "" if week_day == "*" else days[day_number] + " "
    event = f"{head}*-{_two(month)}-{_two(day)} {_two(hour)}:{_two(minute)}:00"
    try:
        check_event(event)
    except Malformed:
        return None
    return event


def _two(field: str) -> str:
    return field if field == "*" else field.rjust(2, "0")
