"""Values as numbers, booleans or words, by the type that the catalogue gives their directive."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from unitlint.catalogue import lookup

INFINITY = float("inf")
Comparable = float | bool | str | tuple[str, float]
"""A percentage is ``("%", hundredths)``, so that it compares with no other number."""


@lru_cache(maxsize=4096)
def comparable(section: str, directive: str, text: str, kind: str = "unit") -> Comparable | None:
    """What a value is, so that two of them compare: bytes, microseconds, a number, a percentage or a boolean.

    None where the text is no such value; of a limit with two numbers the first one, the soft limit, counts.
    """
    value_type = type_of(section, directive, kind)
    text = text.strip()
    if value_type == "rlimit":
        return _rlimit(text, directive)
    return _PARSERS.get(value_type, _word)(text)


def order(left: Comparable | None, right: Comparable | None) -> int | None:
    """-1, 0 or 1 where ``left`` is less than, equal to or more than ``right``; None where they do not compare."""
    if isinstance(left, (bool, str)) or isinstance(right, (bool, str)) or left is None or right is None:
        return None
    if isinstance(left, float) and isinstance(right, float):
        return (left > right) - (left < right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return (left > right) - (left < right)
    # A percentage and another number compare only where that one is infinite.
    if left == INFINITY:
        return 1
    return -1 if right == INFINITY else None


def type_of(section: str, directive: str, kind: str = "unit") -> str:
    """The type of a directive's values in the catalogue; empty where it has none."""
    return str((lookup(kind, section, directive) or {}).get("type") or "")


def has_order(value_type: str) -> bool:
    """True of types whose values are more or less than one another."""
    return value_type == "rlimit" or _PARSERS.get(value_type, _word) not in (_word, _enum, parse_boolean)


def size(text: str) -> float | None:
    """Bytes of ``1.5G`` (base 1024) or infinity; None for a percentage or no size."""
    if text == "infinity":
        return INFINITY
    from unitlint.values.size import parse_size

    found = parse_size(text)
    return None if found is None else float(found)


@lru_cache(maxsize=1024)
def timespan(text: str) -> float | None:
    """Microseconds of ``5min 30s``, plain numbers being seconds; None for no timespan."""
    if text == "infinity":
        return INFINITY
    from unitlint.values.timespan import parse_timespan

    found = parse_timespan(text)
    return None if found is None else float(found)


_TRUE = frozenset(("1", "yes", "y", "true", "t", "on"))
_FALSE = frozenset(("0", "no", "n", "false", "f", "off"))


def parse_boolean(text: str) -> bool | None:
    """True, False, or None where systemd reads no boolean; case does not matter (parse-util.c: parse_boolean)."""
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    return False if lowered in _FALSE else None


@lru_cache(maxsize=1024)
def integer(text: str) -> float | None:
    """A whole number as C writes them (``0644`` is octal), or infinity; None for anything else."""
    if text == "infinity":
        return INFINITY
    from unitlint.values.numbers import UINT64_MAX, parse_integer

    found = parse_integer(text)
    return None if found is None or abs(found) > UINT64_MAX else float(found)


def percentage(text: str) -> tuple[str, float] | None:
    """``("%", 1250.0)`` of ``12.5%``; None for no percentage."""
    from unitlint.values.numbers import parse_permyriad

    found = parse_permyriad(text)
    return None if found is None else ("%", float(found))


def _size_or_percentage(text: str) -> Comparable | None:
    found = percentage(text)
    return size(text) if found is None else found


def _integer_or_percentage(text: str) -> Comparable | None:
    found = percentage(text)
    return integer(text) if found is None else found


def _octal(text: str) -> float | None:
    try:
        return float(int(text, 8))
    except ValueError:
        return None


def _rlimit(text: str, directive: str) -> float | None:
    from unitlint.values.size import CGROUP_LIMIT_MAX, parse_one

    found = parse_one(text.partition(":")[0], directive.removeprefix("Default").removeprefix("Limit"))
    if found is None:
        return None
    return INFINITY if found == CGROUP_LIMIT_MAX else float(found)


def _enum(text: str) -> Comparable:
    truth = parse_boolean(text)
    return text if truth is None else truth


def _word(text: str) -> Comparable:
    return text


_PARSERS: dict[str, Callable[[str], Comparable | None]] = {
    "bool": parse_boolean,
    "cpu_weight": integer,
    "enum": _enum,
    "integer": integer,
    "integer_or_bool": integer,
    "integer_or_infinity": integer,
    "integer_or_percent_or_infinity": _integer_or_percentage,
    "octal_mode": _octal,
    "percent": percentage,
    "percent_unbounded": percentage,
    "size": size,
    "size_or_infinity": size,
    "size_or_percent": _size_or_percentage,
    "size_or_percent_or_infinity": _size_or_percentage,
    "timespan": timespan,
    "timespan_nsec": timespan,
    "tristate": _enum,
}
