"""Time spans (time-util.c: parse_time, parse_nsec)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import NEWEST
from unitlint.values.faults import without_managed_oom
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import ValueFault, end_of_digits, judge, leading_number, near_infinity, out_of_range

USEC_INFINITY = 2**64 - 1
_MOST = 2**63 - 1
_SECOND = 1_000_000
_UNITS = (
    ("seconds", _SECOND), ("second", _SECOND), ("sec", _SECOND), ("s", _SECOND),
    ("minutes", 60 * _SECOND), ("minute", 60 * _SECOND), ("min", 60 * _SECOND),
    ("months", 2_629_800 * _SECOND), ("month", 2_629_800 * _SECOND), ("M", 2_629_800 * _SECOND),
    ("msec", 1000), ("ms", 1000), ("m", 60 * _SECOND),
    ("hours", 3600 * _SECOND), ("hour", 3600 * _SECOND), ("hr", 3600 * _SECOND), ("h", 3600 * _SECOND),
    ("days", 86400 * _SECOND), ("day", 86400 * _SECOND), ("d", 86400 * _SECOND),
    ("weeks", 604_800 * _SECOND), ("week", 604_800 * _SECOND), ("w", 604_800 * _SECOND),
    ("years", 31_557_600 * _SECOND), ("year", 31_557_600 * _SECOND), ("y", 31_557_600 * _SECOND),
    ("usec", 1), ("us", 1), ("μs", 1), ("µs", 1),
)  # fmt: skip
_NANOSECONDS = (*((name, factor * 1000) for name, factor in _UNITS), ("nsec", 1), ("ns", 1))
_NANOSECONDS_WITHOUT_MONTH = tuple(unit for unit in _NANOSECONDS if unit[0] != "M")
_MONTH_OF_NANOSECONDS_SINCE = 240
_GREEK_MU_SINCE = 252
_BLANKS = " \t\n\r"
_STRICT_SINCE = 240
"""Until then a point may be followed by anything that strtoll() reads, and numbers too large wrap."""
_NEAR = late_pattern(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]+)")
_MEANT = {
    "secs": "s", "second(s)": "s", "mins": "min", "mn": "min", "mth": "month", "mths": "month", "hrs": "h",
    "dys": "d", "wk": "w", "wks": "w", "yr": "y",
    "yrs": "y", "mon": "month", "millis": "ms", "msecs": "ms", "milliseconds": "ms", "millisecond": "ms",
    "usecs": "us", "microseconds": "us", "nanoseconds": "ns",
}  # fmt: skip
REASON = "expected a time span such as 90s, 5min or 1h 30min"
_TOO_LONG = "the time span is too long"


def read_timespan(text: str, default_unit: int = _SECOND, units: tuple[tuple[str, int], ...] = _UNITS) -> int:
    """Microseconds, USEC_INFINITY for ``infinity``; raises Fault."""
    at = _skip(text, 0)
    if text.startswith("infinity", at):
        if _skip(text, at + 8) != len(text):
            raise ValueFault(REASON)
        return USEC_INFINITY
    total = 0
    if at == len(text):
        raise ValueFault(REASON)
    while at < len(text):
        amount, factor, at = _read_part(text, at, default_unit, units)
        total += amount * factor // 10**18
        if amount // 10**18 >= USEC_INFINITY // factor or total >= USEC_INFINITY:
            raise out_of_range(_TOO_LONG, "infinity")
        at = _skip(text, at)
    return total


def _read_part(text: str, at: int, default_unit: int, units: tuple[tuple[str, int], ...]) -> tuple[int, int, int]:
    """A number in units of 10**-18, the unit's factor, and where to read on."""
    if text[at] == "-":
        raise out_of_range("a time span must not be negative")
    number, end = leading_number(text, at)
    whole = int(number or 0)
    if whole < 0:
        raise out_of_range("a time span must not be negative")
    if whole > _MOST:
        raise out_of_range(_TOO_LONG, "infinity")
    digits = ""
    if text[end : end + 1] == ".":
        start, end = end + 1, end_of_digits(text, end + 1)
        digits = text[start:end]
        if not digits:
            raise ValueFault(REASON, suggestion=_near(text))
    elif not number:
        raise ValueFault(REASON, suggestion=_near(text))
    after = _skip(text, end)
    unit = next((unit for unit in units if text.startswith(unit[0], after)), None)
    if unit is not None:
        after += len(unit[0])
    elif after == end and end < len(text):
        raise ValueFault(REASON, suggestion=_near(text))
    factor = unit[1] if unit else default_unit
    return whole * 10**18 + int(digits[:18].ljust(18, "0") or 0), factor, after


def _read_loosely(text: str, default_unit: int, units: tuple[tuple[str, int], ...]) -> int:
    """As releases before 240 read it: raises ValueFault."""
    at = _skip(text, 0)
    if text.startswith("infinity", at) or at == len(text):
        return read_timespan(text, default_unit, units)
    total = 0
    while at < len(text):
        whole, end = _number(text, at)
        fraction, digits = 0, 0
        if text[end : end + 1] == ".":
            fraction, after = _number(text, end + 1)
            digits = after - end - 1
            end = after
        elif end == at:
            raise ValueFault(REASON, suggestion=_near(text))
        at = _skip(text, end)
        name, factor = next((unit for unit in units if text.startswith(unit[0], at)), ("", default_unit))
        at = _skip(text, at + len(name))
        total += whole * factor + (fraction * factor) // 10**digits
    return total % 2**64


def _number(text: str, at: int) -> tuple[int, int]:
    """A number, 0 where there is none, and where to read on."""
    digits, end = leading_number(text, at)
    if not digits:
        if text[at - 1 : at] == ".":
            raise ValueFault(REASON, suggestion=_near(text))
        return 0, at
    number = int(digits)
    if not 0 <= number <= _MOST:
        raise out_of_range("a time span must not be negative" if number < 0 else _TOO_LONG)
    return number, end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _near(text: str) -> str | None:
    found = _NEAR.fullmatch(text)
    if not found:
        return near_infinity(text)
    lowered = found[2].lower()
    unit = _MEANT.get(lowered) or next((name for name, _ in _UNITS if name == lowered), None)
    return found[1] + unit if unit else None


def parse_timespan(text: str, default_unit_usec: int = _SECOND, release: int = NEWEST) -> int | None:
    """Microseconds; USEC_INFINITY for ``infinity``; None where systemd reads no time span."""
    try:
        return reader(release, default_unit_usec)(text)
    except ValueFault:
        return None


def reader(
    release: int, default_unit: int = _SECOND, units: tuple[tuple[str, int], ...] = _UNITS
) -> Callable[[str], int]:
    """What reads time spans as ``release`` does, and raises ValueFault."""
    if release < _GREEK_MU_SINCE:
        units = tuple([unit for unit in units if unit[0] != "\u03bcs"])
    if release < _STRICT_SINCE:
        return lambda value: _read_loosely(value, default_unit, units)
    return lambda value: read_timespan(value, default_unit, units)


def seconds(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_sec and all that read a time span in seconds and reject the empty value."""
    return _with_a_sound_end(judge(text, context, reader(context.release), empty=False), context)


def _with_a_sound_end(problems: list[ValueProblem], context: ValueContext) -> list[ValueProblem]:
    """``never`` means ``infinity`` for what limits a time only: not for a pause, an accuracy or an interval."""
    if any(word in context.directive for word in _LIMITS):
        return problems
    return [problem._replace(suggestion=None) if problem.suggestion == "infinity" else problem for problem in problems]


_LIMITS = ("Timeout", "Max")


def seconds_or_nothing(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_sec_def_infinity, config_parse_service_timeout_abort: empty resets."""
    return judge(text, context, reader(context.release), empty=True)


def nanoseconds(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_nsec: a bare number counts nanoseconds."""
    units = _NANOSECONDS if context.release >= _MONTH_OF_NANOSECONDS_SINCE else _NANOSECONDS_WITHOUT_MONTH
    return judge(text, context, reader(context.release, 1, units), empty=False)


def pressure_duration(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_managed_oom_mem_pressure_duration_sec: at least a second."""

    unsupported = without_managed_oom(text, context)
    if unsupported:
        return unsupported

    def read(value: str) -> None:
        if not _SECOND <= reader(context.release)(value) < USEC_INFINITY:
            raise out_of_range("the duration must be at least a second, and not infinity", "1s")

    return judge(text, context, read, empty=True)


def default_pressure_duration(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_duration of oomd.conf: at least a second; 0 and nothing mean the default."""
    return () if not text.strip("0") else pressure_duration(text, context)
