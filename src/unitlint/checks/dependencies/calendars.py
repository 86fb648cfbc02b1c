"""Calendar events that never come, or come too often for the service (systemd.time(7), Calendar Events)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import whole_number
from unitlint.checks.dependencies.activation import started_by
from unitlint.checks.lifecycle.restarting import SECOND, in_words, start_limit
from unitlint.checks.references import neighbour
from unitlint.rules.model import Context, Hit, header_place
from unitlint.units.commands import commands
from unitlint.units.unit import Unit
from unitlint.values.typed import timespan

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVENT = late_pattern(
    r"(?:(?P<days>[A-Za-z][A-Za-z,.\- ]*?)\s+)?(?:(?P<year>[0-9*,./]+)-)?(?P<month>[0-9*,./]+)[-~](?P<day>[0-9*,./]+)"
    r"(?:[ T].*)?"
)
_EVERY_SECOND = late_pattern(r"(?:.*\s)?\*:\*:(?:\*|\d*/1|0/1)(?:\s\S+)?|(?:.*\s)?\*:\*:[0-9]*/(?P<step>\d+)(?:\s\S+)?")
_LONGEST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


LONGEST_DATE = 200
"""No date is longer; the pattern takes time with the square of what only looks like one."""


def never_comes(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A year that is over, a day that its month does not have, or a weekday that contradicts the date."""
    for line in unit.all("Timer", "OnCalendar"):
        reason = _reason(line.value)
        if reason is not None:
            yield Hit(line, {"reason": reason})


def _reason(event: str) -> str | None:
    found = _EVENT.fullmatch(event.strip()) if len(event) <= LONGEST_DATE else None
    if found is None:
        return None
    year, month, day = _year(found["year"]), _number(found["month"]), _number(found["day"])
    if "~" not in event and month is not None and day is not None and not 1 <= day <= _LONGEST.get(month, 31):
        return f"month {month} has no day {day}"
    if year is None or found["year"] is None:
        return None
    import datetime as dt

    today = dt.datetime.now(tz=dt.timezone.utc).date()
    if year < today.year or (year == today.year and month is not None and month < today.month):
        return "that date is in the past"
    days = _days(found["days"]) if found["days"] else None
    if days and month is not None and day is not None and "~" not in event:
        try:
            real = dt.date(year, month, day).weekday()
        except ValueError:
            return f"{year}-{month:02}-{day:02} is not a date"
        if real not in days:
            return f"{year}-{month:02}-{day:02} is a {_DAYS[real].capitalize()}"
    return None


def _year(text: str | None) -> int | None:
    """Two digits are a year from 1970 to 2069 (calendarspec.c: fix_year)."""
    year = _number(text)
    if year is None or year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _number(text: str | None) -> int | None:
    return whole_number(text) if text is not None and len(text) <= 4 else None


def _days(text: str) -> set[int]:
    days: set[int] = set()
    for part in re.split(r"[,\s]+", text.strip()):
        first, _, last = part.partition("..") if ".." in part else part.partition("-")
        start = _day(first)
        end = _day(last) if last else start
        if start is None or end is None:
            return set()
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return days


def _day(word: str) -> int | None:
    return next((number for number, name in enumerate(_DAYS) if word.lower().startswith(name)), None)


def too_often(unit: Unit, context: Context) -> Iterator[Hit]:
    """A timer that starts its service more often than the start limit of the service allows.

    Of one that AccuracySec= puts off for longer, UL753 says that it comes less often than it looks.
    """
    service = neighbour(unit, started_by(unit), context)
    limit = None if service is None or not service.has_fragment else start_limit(service)
    if service is None or limit is None or limit.off is not None:
        return
    least = limit.interval / max(limit.burst, 1)
    own = unit.last("Timer", "AccuracySec")
    accuracy = 60 * SECOND if own is None else timespan(own.value) or 0
    for directive in ("OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec"):
        for line in unit.all("Timer", directive):
            period = every_seconds(line.value) if directive == "OnCalendar" else timespan(line.value)
            if period is not None and 0 < period < least and accuracy <= period:
                at = limit.burst_line or limit.interval_line or header_place(service, "Service")
                related = () if at is None else ((at, "the limit of the service"),)
                fields = {
                    "period": in_words(period), "service": service.name, "burst": f"{limit.burst:g}",
                    "interval": in_words(limit.interval),
                }  # fmt: skip
                yield Hit(line, fields, related)
                return


def every_seconds(event: str) -> float | None:
    """The microseconds between two times of an event that comes every few seconds; None for every other event."""
    found = _EVERY_SECOND.fullmatch(event) if "*:*:" in event else None
    if found is None:
        return None
    return float(found["step"] or 1) * SECOND


LASTING_CONDITIONS = ("PathExists", "PathExistsGlob", "DirectoryNotEmpty")
_REMOVES = late_pattern(r"\b(?:rm|mv|unlink|find|rsync|shred|truncate|tmpreaper)\b")


def starts_again_and_again(unit: Unit, context: Context) -> Iterator[Hit]:
    """A path that is still there when its service ends starts the service once more, until the start limit is hit.

    Silent where a command names the path or its folder, or removes or moves anything: it may well take it away.
    """
    service = neighbour(unit, started_by(unit), context)
    if service is None or not service.has_fragment or service.is_on("Service", "RemainAfterExit"):
        return
    if service.value("Service", "Type", "simple") != "oneshot":
        return
    text = "\n".join(line.value for line, _ in commands(service, context.release))
    for directive in LASTING_CONDITIONS:
        for line in unit.all("Path", directive):
            folder = line.value.rstrip("/").rpartition("/")[0] or line.value
            if not _REMOVES.search(text) and line.value.rstrip("/") not in text and f"{folder}/" not in text:
                head = header_place(service, "Service")
                related = () if head is None else ((head, "the service that is started"),)
                yield Hit(line, {"service": service.name}, related)
                return
