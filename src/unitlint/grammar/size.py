"""Sizes in bytes (parse-util.c: parse_size)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.scalar import Fault, judge, out_of_range

INFINITY = 2**64 - 1
LONG_MAX = 2**63 - 1
_SUFFIXES = ("E", "P", "T", "G", "M", "K", "B", "")
_NUMBER = re.compile(r"[ \t\n\r]*([+-]?[0-9]{1,40})(?:\.([0-9]{0,40})[0-9]*)?[ \t\n\r]*")
_NEAR = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGTPE])(?:i?B|ytes?)?", re.IGNORECASE)
_BYTES = re.compile(r"([0-9]+)\s*(?:bytes?|b)", re.IGNORECASE)
REASON = "it is no size: systemd takes a number with K, M, G, T, P or E behind it"


def read_size(text: str, base: int = 1024) -> int:
    """Bytes; raises Fault.

    Several parts may follow one another in falling order, such as ``1G 512M``.
    """
    if not text:
        raise Fault(REASON)
    total, at, first = 0, 0, 0
    while at < len(text):
        found = _NUMBER.match(text, at)
        if not found:
            raise Fault(REASON, suggestion=_near(text))
        if found[1].startswith("-"):
            raise out_of_range("a size must not be negative")
        if int(found[1]) > INFINITY:
            raise out_of_range("the size is too large")
        rest = found.end()
        index = next((i for i in range(first, len(_SUFFIXES)) if text.startswith(_SUFFIXES[i], rest)), None)
        if index is None:
            raise Fault(REASON, suggestion=_near(text))
        factor = base ** max(6 - index, 0)
        if int(found[1]) + bool(found[2] and int(found[2])) > INFINITY // factor:
            raise out_of_range("the size is too large")
        fraction = int(found[2]) * factor // 10 ** len(found[2]) if found[2] else 0
        total += int(found[1]) * factor + fraction
        if total > INFINITY:
            raise out_of_range("the size is too large")
        at = rest + len(_SUFFIXES[index])
        first = index + 1
    return total


def _near(text: str) -> str | None:
    found = _NEAR.fullmatch(text)
    if found:
        return found[1] + found[2].upper()
    found = _BYTES.fullmatch(text)
    return found[1] if found else None


def parse_size(text: str, base: int = 1024) -> int | None:
    """Bytes; INFINITY for ``infinity``; None where systemd reads no size."""
    if text == "infinity":
        return INFINITY
    try:
        size = read_size(text, base)
    except Fault:
        return None
    return size if size < INFINITY else None


def iec_size(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_iec_size, config_parse_iec_uint64: powers of 1024."""
    return judge(text, context, read_size, empty=False)


def iec_size_long(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_iec_size_long: what fits into a signed number."""

    def read(value: str) -> int:
        size = read_size(value)
        if size > LONG_MAX:
            raise out_of_range("the size is too large")
        return size

    return judge(text, context, read, empty=False)


def iec_size_or_infinity(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_iec_uint64_infinity."""
    return () if text == "infinity" else judge(text, context, read_size, empty=False)


def iec_size_or_nothing(text: str, context: Context) -> Iterable[Problem]:
    """Sizes that an empty value resets."""
    return judge(text, context, read_size, empty=True)
