"""Triggers of timers: OnCalendar= and the time spans (load-fragment.c: config_parse_timer)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.likeness import nearest
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
        if text == "@reboot":
            return (ignored(whole(text), "write OnBootSec=1min for a start after each boot"),)
        return (ignored(whole(text), NO_EVENT, suggestion=_meant(text)),)
    return ()


def _meant(text: str) -> str | None:
    from unitlint.values.crontab import calendar_event_of

    if len(text.split()) == 5 or text.startswith("@"):
        return _if_accepted(calendar_event_of(text))
    if parse_timespan(text) is not None:
        return None
    if text.lower() in EVERY:
        return EVERY[text.lower()]
    day, space, time = text.partition(" ")
    if space and day.lower().rstrip(".") in DAYS_IN_SHORT:
        return _if_accepted(f"{DAYS_IN_SHORT[day.lower().rstrip('.')]} {time}")
    event, _, zone = text.rpartition(" ")
    if "/" in zone and zone[:1].isalpha():
        return _with_nearest_zone(event, zone)
    return nearest(text, sorted(SHORTHANDS - {"anually"})) if text.replace("-", "").isalpha() else None


DAYS_IN_SHORT = {day.lower(): day for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
DAYS_IN_SHORT |= {day[:2]: name for day, name in DAYS_IN_SHORT.items()}
EVERY = {
    "every minute": "minutely", "every hour": "hourly", "every day": "daily", "every week": "weekly",
    "every month": "monthly", "every year": "yearly", "midnight": "daily",
}  # fmt: skip


def _if_accepted(event: str | None) -> str | None:
    if event is None:
        return None
    try:
        check_event(event)
    except Malformed:
        return None
    return event


def _with_nearest_zone(event: str, zone: str) -> str | None:
    try:
        check_event(event)
    except Malformed:
        return None
    close = nearest_zone(zone)
    return f"{event} {close}" if close else None
