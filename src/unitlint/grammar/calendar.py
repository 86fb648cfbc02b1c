"""Calendar events (calendarspec.c: calendar_spec_from_string) and the triggers of timers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.expand import FULL, expand
from unitlint.grammar.faults import BAD_SPECIFIER, ignored, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.timespan import seconds

SHORTHANDS = frozenset(
    (
        "minutely", "hourly", "daily", "monthly", "yearly", "annually", "anually", "weekly", "quarterly",
        "biannually", "bi-annually", "semiannually", "semi-annually",
    )
)  # fmt: skip
_DAYS = (
    ("monday", "mon"), ("tuesday", "tue"), ("wednesday", "wed"), ("thursday", "thu"), ("friday", "fri"),
    ("saturday", "sat"), ("sunday", "sun"),
)  # fmt: skip
_DAY_NUMBER = {name: number for number, names in enumerate(_DAYS) for name in names}
_ZONE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*")
_YEARS, _MONTHS, _DAYS_OF_MONTH = (1970, 2199), (1, 12), (1, 31)
_LAST_DAYS = (1, 31)
_HOURS, _MINUTES, _SECONDS = (0, 23), (0, 59), (0, 59)
_PLAIN_ZONES = frozenset(
    ("CET", "CST6CDT", "EET", "EST", "EST5EDT", "GMT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "UCT", "WET", "Zulu")
)
NO_EVENT = "it is no calendar event such as daily, Mon..Fri 10:00 or *-*-01 03:00:00"


def trigger(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_timer: OnCalendar= takes a calendar event, the others a time span."""
    if not text:
        return ()
    expanded = expand(text, context, FULL)
    if expanded is None:
        return (ignored(whole(text), BAD_SPECIFIER, "bad-specifier"),)
    if context.directive == "OnCalendar":
        return () if is_calendar_event(expanded) else (ignored(whole(text), NO_EVENT),)
    return [problem._replace(start=0, end=len(text)) for problem in seconds(expanded, context)]


def is_calendar_event(text: str) -> bool:
    """True where systemd reads a calendar event."""
    body, zone = _without_zone(text)
    if not body.strip():
        return False
    if body.lower() in SHORTHANDS:
        return zone
    if body.startswith("@"):
        return _is_epoch(body[1:])
    rest = _after_week_days(body)
    return rest is not None and _is_date_and_time(rest)


def _without_zone(text: str) -> tuple[str, bool]:
    """The text without its time zone, and whether what was there is a zone."""
    if text.lower().endswith(" utc"):
        return text[:-4], True
    body, blank, last = text.rpartition(" ")
    if blank and _ZONE.fullmatch(last) and _is_zone(last):
        return body, True
    return text, True


def _is_zone(name: str) -> bool:
    """A zone of the time zone database; the name's form has to do where there is none on this machine."""
    if name.lower() in SHORTHANDS or name[:1].isdigit():
        return False
    return "/" in name or name in (
        "CET",
        "CEST",
        "EET",
        "EST",
        "GMT",
        "HST",
        "MET",
        "MST",
        "PST8PDT",
        "UCT",
        "WET",
        "Zulu",
    )


def _is_epoch(text: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d{1,6})?", text.strip()) is not None


def _after_week_days(text: str) -> str | None:
    """What follows the week days; None where they make no sense."""
    at = 0
    expects_day = False
    while True:
        found = re.compile(r"[A-Za-z]+").match(text, at)
        if not found:
            return None if expects_day else text[at:].lstrip(" ")
        if found[0].lower() not in _DAY_NUMBER:
            return None if at or expects_day or not text[at:].lstrip()[:1].isdigit() else text
        at = found.end()
        following = text[at : at + 1]
        if following == "":
            return ""
        if following == ",":
            at += 1
            at += len(text[at:]) - len(text[at:].lstrip(" "))
            expects_day = bool(text[at : at + 1].isalpha())
        elif text.startswith("..", at) or following == "-":
            at += 2 if following == "." else 1
            expects_day = True
        elif following == " ":
            at += len(text[at:]) - len(text[at:].lstrip(" "))
            expects_day = False
            if not text[at : at + 1].isalpha():
                return text[at:]
        else:
            return None


def _is_date_and_time(text: str) -> bool:
    if not text:
        return True
    words = text.split()
    if len(words) > 2:
        return False
    if len(words) == 2:
        return _is_date(words[0]) and _is_time(words[1])
    return _is_time(text) if ":" in text else _is_date(text)


def _is_date(text: str) -> bool:
    first, tilde, last = text.partition("~")
    if tilde:
        heads = [part for part in first.split("-") if part != ""]
        bounds = [_YEARS, _MONTHS][2 - len(heads) :]
        return len(heads) in (1, 2) and _all(heads, bounds) and _is_component(last, *_LAST_DAYS)
    parts = text.split("-")
    if len(parts) == 2:
        return _all(parts, [_MONTHS, _DAYS_OF_MONTH])
    return len(parts) == 3 and _all(parts, [_YEARS, _MONTHS, _DAYS_OF_MONTH])


def _is_time(text: str) -> bool:
    parts = text.split(":")
    if len(parts) == 2:
        return _all(parts, [_HOURS, _MINUTES])
    return len(parts) == 3 and _all(parts[:2], [_HOURS, _MINUTES]) and _is_component(parts[2], *_SECONDS, fraction=True)


def _all(parts: list[str], bounds: list[tuple[int, int]]) -> bool:
    return all(_is_component(part, *bound) for part, bound in zip(parts, bounds, strict=True))


def _is_component(text: str, low: int, high: int, *, fraction: bool = False) -> bool:
    """``*``, or numbers, ranges and repetitions with commas between."""
    return bool(text) and all(_is_chain(part, low, high, fraction=fraction) for part in text.split(","))


def _is_chain(text: str, low: int, high: int, *, fraction: bool) -> bool:
    number = r"\d+(?:\.\d{1,6})?" if fraction else r"\d+"
    found = re.fullmatch(rf"(\*|(?P<a>{number})(?:\.\.(?P<b>{number}))?)(?:/(?P<r>{number}))?", text)
    if not found:
        return False
    if found["r"] is not None and float(found["r"]) == 0:
        return False
    if found["a"] is None:
        return True
    first = _year(found["a"]) if low == 1970 else float(found["a"])
    last = first if found["b"] is None else _year(found["b"]) if low == 1970 else float(found["b"])
    return low <= first <= high + 1 - 1e-6 and low <= last <= high + 1 - 1e-6 and first <= last


def _year(digits: str) -> float:
    """Two digits are a year from 1970 to 2069."""
    number = int(digits)
    if len(digits) <= 2:
        return number + (2000 if number < 70 else 1900)
    return number
