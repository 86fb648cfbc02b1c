"""Percentages (percent-util.c: parse_permyriad and parse_permille)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import ignored, whole
from unitlint.grammar.integer import INT_MAX
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer

_PARTS = {"%": 100, "‰": 10, "‱": 1}
_NUMBER = re.compile(r"([^.]*)(?:\.([0-9]{1,2}))?([%‰‱])")
HUNDREDTHS_SINCE = 248
"""Until then a percentage had one digit after the point (parse_permille)."""


def parse_permyriad(text: str, release: int = HUNDREDTHS_SINCE) -> int | None:
    """Hundredths of a percent, unbounded; None where systemd reads no percentage."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    digits = found[2] or ""
    fine = release >= HUNDREDTHS_SINCE
    most = {"%": 1 + fine, "‰": int(fine), "‱": 0 if fine else -1}[found[3]]
    if len(digits) > most:
        return None
    scale = _PARTS[found[3]]
    number = parse_integer(found[1])
    if number is None or number < 0 or number > INT_MAX // max(scale if fine else scale // 10, 1):
        return None
    return number * scale + (int(digits) * scale // 10 ** len(digits) if digits else 0)


def cpu_quota(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_cpu_quota: a percentage above 0, of any height."""
    if not text:
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is None:
        suggestion = f"{text}%" if text.isdigit() else None
        return (ignored(whole(text), "a CPU quota is a percentage", suggestion=suggestion),)
    if parts == 0:
        return (ignored(whole(text), "a quota of nothing is no quota", "out-of-range"),)
    return ()


def pressure_limit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_managed_oom_mem_pressure_limit: up to 100%; whole percents only under its first name."""
    if not text:
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is None or parts > 10000 or (context.directive.endswith("Percent") and parts % 100):
        return (ignored(whole(text), "it is no percentage up to 100%"),)
    return ()


def up_to_all(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_permyriad, config_parse_loadavg, config_parse_percent: up to 100%, the last without fractions."""
    if not text:
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is None or (context.directive.endswith("Percent") and parts % 100):
        suggestion = f"{text}%" if text.isdigit() and int(text) <= 100 else None
        return (ignored(whole(text), "it is no percentage such as 80%", suggestion=suggestion),)
    if parts > 10000:
        return (ignored(whole(text), "more than 100% cannot be used", "out-of-range", "100%"),)
    return ()
