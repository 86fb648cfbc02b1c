"""Whole numbers as C reads them (parse-util.c: safe_atou, safe_atoi and their kin)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.scalar import Fault, judge, out_of_range

INT_MAX = 2**31 - 1
UINT_MAX = 2**32 - 1
LONG_MAX = 2**63 - 1
UINT64_MAX = 2**64 - 1
_PREFIXES = {"0b": 2, "0B": 2, "0o": 8, "0O": 8}
_DIGITS = {2: "01", 8: "01234567", 10: "0123456789", 16: "0123456789ABCDEFabcdef"}
_LOOKS_LIKE_NUMBER = re.compile(r"[+-]?[0-9]+")
_MOST_DIGITS = 400
"""More than any number needs, and few enough for int()."""


def read_integer(text: str, base: int = 0) -> int:
    """A number of any size with an optional sign.

    Base 0 reads 0x as hexadecimal, 0b as binary, 0o and a leading 0 as octal. Raises Fault.
    """
    digits = text.lstrip(" \t\n\r\f\v")
    if base == 0 and digits[:2] in _PREFIXES:
        base = _PREFIXES[digits[:2]]
        digits = digits[2:]
    sign = -1 if digits[:1] == "-" else 1
    if digits[:1] in ("+", "-"):
        digits = digits[1:]
    if base in (0, 16) and digits[:2] in ("0x", "0X"):
        base, digits = 16, digits[2:]
    elif base == 0:
        base = 8 if digits[:1] == "0" and len(digits) > 1 else 10
    if not digits or digits.strip(_DIGITS[base]):
        raise Fault(*_no_number(text, digits, base))
    if len(digits) > _MOST_DIGITS:
        raise out_of_range("the number is too large")
    return sign * int(digits, base)


def _no_number(text: str, digits: str, base: int) -> tuple[str, str, str | None]:
    plain = digits.lstrip("0")
    if base == 8 and plain and not plain.strip(_DIGITS[10]):
        return "a number with a leading 0 is octal, and has no digits 8 and 9", "invalid-value", plain
    joined = text.replace("_", "").replace(",", "").replace(" ", "")
    if joined != text and _LOOKS_LIKE_NUMBER.fullmatch(joined):
        return "nothing may stand between the digits of a number", "invalid-value", joined
    return "it is no whole number", "invalid-value", None


def read_between(text: str, low: int, high: int, base: int = 0) -> int:
    """A number from ``low`` to ``high``; raises Fault."""
    number = read_integer(text, base)
    if not low <= number <= high:
        if high >= UINT_MAX and number > high:
            raise out_of_range("the number is too large")
        if low == 0 and number < 0:
            raise out_of_range("the number must not be negative")
        suggestion = str(low if number < low else high)
        raise out_of_range(f"the number must lie between {low} and {high}", suggestion)
    return number


def _between(low: int, high: int, text: str, context: Context, *, empty: bool | None = None) -> list[Problem]:
    return judge(text, context, lambda value: read_between(value, low, high), empty=empty)


def signed(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_int."""
    return _between(-INT_MAX - 1, INT_MAX, text, context, empty=False)


def unsigned(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unsigned."""
    return _between(0, UINT_MAX, text, context, empty=False)


def long(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_long."""
    return _between(-LONG_MAX - 1, LONG_MAX, text, context, empty=False)


def uint64(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_uint64."""
    return _between(0, UINT64_MAX, text, context, empty=False)


def tty_size(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_tty_size: empty resets."""
    return _between(0, UINT_MAX, text, context, empty=True)


def concurrency_max(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_concurrency_max: a number or ``infinity``."""
    return () if text == "infinity" else _between(0, UINT_MAX, text, context, empty=True)


def nice(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_nice."""
    return _between(-20, 19, text, context, empty=True)


def oom_score_adjust(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_oom_score_adjust."""
    return _between(-1000, 1000, text, context, empty=True)


def swap_priority(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_swap_priority."""
    return _between(-1, 32767, text, context, empty=True)


def scheduling_priority(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_cpu_sched_prio."""
    return _between(0, 99, text, context, empty=False)


def io_priority(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_io_priority."""
    return _between(0, 7, text, context, empty=True)
