"""Numbers that must lie between bounds, and access modes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.integer import read_between, read_integer
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.scalar import Fault, judge, out_of_range

_WEIGHTS = (1, 10000)


def parse_integer(text: str, base: int = 0) -> int | None:
    """A number as strtol() reads it; None where it reads none."""
    try:
        return read_integer(text, base)
    except Fault:
        return None


def in_range(text: str, low: int, high: int, *, empty: bool = False) -> list[Problem]:
    """No problem for a number from ``low`` to ``high``, or for an empty value where that is allowed."""
    return judge(text, _NOWHERE, lambda value: read_between(value, low, high), empty=empty)


_NOWHERE = Context(0)


def weight(text: str, _context: Context) -> Iterable[Problem]:
    """config_parse_cg_weight (cgroup-util.c: cg_weight_parse)."""
    return in_range(text, *_WEIGHTS, empty=True)


def cpu_weight(text: str, _context: Context) -> Iterable[Problem]:
    """config_parse_cg_cpu_weight: a weight, or ``idle``."""
    return [] if text == "idle" else in_range(text, *_WEIGHTS, empty=True)


def mode(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_mode (parse-util.c: parse_mode): up to 07777 in base 8."""
    return judge(text, context, _read_mode, empty=False)


def _read_mode(text: str) -> int:
    if not re.fullmatch(r"[0-7]+", text):
        digits = text.removeprefix("0o")
        suggestion = digits.rjust(4, "0") if re.fullmatch(r"[0-7]{3,4}", digits) else None
        raise Fault("an access mode is written in octal digits, such as 0644", suggestion=suggestion)
    if len(text) > 40 or int(text, 8) > 0o7777:
        raise out_of_range("an access mode ends at 7777")
    return int(text, 8)
