"""Times as logs write them, to seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from unitlint.base.errors import UnitlintError
from unitlint.base.whole_numbers import is_whole_number, whole_number

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan|ene|gen|янв|1月|led|sty", "feb|fév|févr|fev|фев|2月|úno|lut", "mar|mär|mrz|mars|мар|3月|bře",
            "apr|avr|abr|апр|4月|dub|kwi", "may|mai|mag|мая|май|5月|kvě|maj", "jun|juin|giu|июн|6月|čen|cze",
            "jul|juil|lug|июл|7月|čec|lip", "aug|août|ago|авг|8月|srp|sie", "sep|sept|set|сен|9月|zář|wrz",
            "oct|okt|out|ott|окт|10月|říj|paź", "nov|ноя|11月|lis", "dec|dez|déc|dic|дек|12月|pro|gru",
        ),
        1,
    )
    for name in names.split("|")
}  # fmt: skip
"""Short names of months as journalctl and rsyslog write them in a dozen languages."""

_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?")
_SECONDS = {text: min(second, 59) for second in range(100) for text in (str(second), f"{second:02d}")}
_NUMBER = re.compile(r"\[? *(\d+\.\d+)")
_UNITS = {
    "s": 1, "sec": 1, "second": 1, "min": 60, "m": 60, "minute": 60, "h": 3600, "hour": 3600, "hr": 3600,
    "d": 86400, "day": 86400, "w": 604800, "week": 604800,
}  # fmt: skip


def seconds_of(stamp: str, year: int | None = None) -> float | None:
    """Seconds of a time stamp of any format; None where it cannot be told.

    A stamp without a year is of ``year``, or else of the latest year in which it is not in the future.  Without a
    time zone it counts as UTC, so that differences are right.
    """
    if year is None:
        if stamp[9:10] == stamp[12:13] == ":":
            seconds = _of_minute(stamp[:13], stamp[13:15], stamp[15:])
        elif stamp[13:14] == stamp[16:17] == ":" and stamp[4:5] == "-":
            seconds = _of_minute(f"{stamp[:10]}T{stamp[11:17]}", stamp[17:19], stamp[19:])
        elif stamp[17:18] == stamp[20:21] == ":" and stamp[8:9] == "-" and stamp[23:24] in " .":
            seconds = _of_minute(stamp[:21], stamp[21:23], stamp[23:])
        elif ":" not in stamp:  # no time of day, but of a clock
            number = _NUMBER.match(stamp)
            return float(number[1]) if number else None
        else:
            seconds = None
        if seconds is not None:
            return seconds
    return _seconds_of(stamp, year)


def _of_minute(minute: str, second: str, rest: str) -> float | None:
    """The seconds of a stamp in three parts, where they are of the usual form; minutes come again and again."""
    number = _SECONDS.get(second)
    if number is None:
        return None
    zone = rest.lstrip(".,0123456789") if rest else ""
    begin = _minute(f"{minute}00{zone}")
    if begin is None or len(zone) == len(rest):
        return None if begin is None else begin + number
    fraction = rest[1 : len(rest) - len(zone)]
    return begin + number + float(f"0.{fraction}") if is_whole_number(fraction) else None


@lru_cache(maxsize=512)
def _minute(stamp: str) -> float | None:
    """The seconds at which a minute begins."""
    return _seconds_of(stamp, None)


def _seconds_of(stamp: str, year: int | None) -> float | None:
    found = _DATE.search(stamp)
    if found:
        return _from_date(found)
    clock = _CLOCK.search(stamp)
    if clock is None:
        number = _NUMBER.match(stamp)
        return float(number[1]) if number else None
    words = stamp[: clock.start()].replace("[", " ").split()
    days = [day for word in words if len(word) <= 2 and (day := whole_number(word)) is not None]
    months = [MONTHS[name] for word in words if (name := word.lower().rstrip(".")) in MONTHS]
    after = re.search(r"\b(\d{4})\b", stamp[clock.end() :])
    if not days or not months:
        return None
    try:
        return _moment(int(after[1]) if after else year, months[-1], days[0], clock)
    except ValueError:
        return None


def _from_date(found: re.Match[str]) -> float | None:
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    zone = found[8] or "Z"
    shift = timedelta()
    if zone[0] in "+-":
        shift = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[-2:]))
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone.utc) - shift
        return moment.timestamp() + float(f"0.{found[7] or 0}")
    except (ValueError, OverflowError):
        return None


def _moment(year: int | None, month: int, day: int, clock: re.Match[str]) -> float:
    hour, minute, second = int(clock[1]), int(clock[2]), min(int(clock[3]), 59)
    now = datetime.now(timezone.utc)
    moment = datetime(year or now.year, month, 28, hour, minute, second, tzinfo=timezone.utc)
    if year is None and (month, day) > (now.month, now.day + 1):
        moment = moment.replace(year=now.year - 1)
    if (month, day) == (2, 29) and year is None:
        while moment.year % 4:
            moment = moment.replace(year=moment.year - 1)
    return moment.replace(day=day).timestamp() + float(f"0.{clock[4] or 0}")


def read_time(text: str, what: str = "--since") -> float:
    """Seconds since 1970 of what a person writes: ``2026-05-01 12:00``, ``2026-05-01``, ``2 hours ago``, ``-30min``,
    ``today``, ``yesterday``; raises UnitlintError for anything else."""
    now = datetime.now(timezone.utc)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    words = text.strip().lower()
    named = {"now": now, "today": midnight, "yesterday": midnight - timedelta(days=1)}
    if words in named:
        return named[words].timestamp()
    ago = re.fullmatch(r"-?\s*(\d{1,9})\s*([a-z]+?)s?(\s+ago)?", words)
    if ago and ago[2] in _UNITS and (words.startswith("-") or ago[3]):
        return now.timestamp() - int(ago[1]) * _UNITS[ago[2]]
    whole = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?( ?(?:z|utc|[+-]\d\d:?\d\d))?", words)
    clock = re.fullmatch(r"(\d\d:\d\d)(:\d\d)?", words)
    if clock:
        words = f"{midnight:%Y-%m-%d} {clock[1]}{clock[2] or ':00'}"
    elif whole:
        words = f"{whole[1]} {whole[2] or '00:00'}{whole[3] or ':00'}{(whole[4] or '').strip().upper()}"
    seconds = seconds_of(words.upper()) if clock or whole else None
    if seconds is None:
        hint = "write `2026-05-01 12:00`, `2026-05-01`, `2 hours ago` or `yesterday`; times are UTC"
        raise UnitlintError(f"{what} takes a time, not `{text}`", hint=hint)
    return seconds
