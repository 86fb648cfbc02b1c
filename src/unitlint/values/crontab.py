"""A line of a crontab as a calendar event: ``*/5 9-17 * * 1-5`` is ``Mon..Fri *-*-* 09..17:00/5:00`` (crontab(5))."""

from __future__ import annotations

from unitlint.base.whole_numbers import is_whole_number, whole_number

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NICKNAMES = {
    "@yearly": "yearly", "@annually": "yearly", "@monthly": "monthly", "@weekly": "weekly", "@daily": "daily",
    "@midnight": "daily", "@hourly": "hourly",
}  # fmt: skip


def calendar_event_of(text: str) -> str | None:
    """The calendar event of the five fields, or of a nickname such as ``@daily``; None where it is neither."""
    if text.startswith("@"):
        return _NICKNAMES.get(text.lower())
    fields = text.split()
    if len(fields) != 5:
        return None
    minute, hour, day, month = (
        _field(field, first) for field, first in zip(fields[:4], ("00", "00", "01", "01"), strict=True)
    )
    week_days = _week_days(fields[4])
    if fields[2] != "*" and fields[4] != "*":
        return None  # cron runs on either day, systemd only where both are true
    if minute is None or hour is None or day is None or month is None or week_days is None:
        return None
    return f"{week_days}*-{month}-{day} {hour}:{minute}:00"


def _field(field: str, first: str) -> str | None:
    """Numbers, lists, ranges and steps; a step through all values begins with the first of them."""
    parts = [_part(part, first) for part in field.split(",")]
    return ",".join(part for part in parts if part) if all(parts) else None


def _part(part: str, first: str) -> str | None:
    values, slash, step = part.partition("/")
    if slash and not is_whole_number(step):
        return None
    low, dash, high = values.partition("-")
    if values == "*":
        return f"{first}/{step}" if slash else "*"
    if not is_whole_number(low) or (dash and not is_whole_number(high)):
        return None
    numbers = f"{low.rjust(2, '0')}..{high.rjust(2, '0')}" if dash else low.rjust(2, "0")
    return f"{numbers}/{step}" if slash else numbers


def _week_days(field: str) -> str | None:
    """``Mon..Fri `` of ``1-5`` or ``mon-fri``, nothing of ``*``."""
    if field == "*":
        return ""
    parts = [[_week_day(day) for day in part.split("-")] for part in field.split(",")]
    if any(day is None or len(part) > 2 for part in parts for day in part):
        return None
    return ",".join("..".join(day for day in part if day) for part in parts) + " "


def _week_day(day: str) -> str | None:
    if day.capitalize() in _DAYS:
        return day.capitalize()
    number = whole_number(day) if is_whole_number(day) else None
    return _DAYS[number] if number is not None and number < len(_DAYS) else None
