"""Values as numbers, booleans or words, by the type that the catalogue gives their directive."""

from __future__ import annotations

from collections.abc import Callable

from unitlint.catalogue import lookup

INFINITY = float("inf")
Comparable = float | bool | str


def comparable(section: str, directive: str, text: str, kind: str = "unit") -> Comparable | None:
    """What a value is, so that two of them compare: bytes, microseconds, a number or a boolean.

    None where the text is no such value, or where the two forms of a type (a percentage and a
    size) cannot be compared; then a rule has nothing to say.
    """
    entry = lookup(kind, section, directive) or {}
    return _PARSERS.get(str(entry.get("type")), _word)(text.strip())


def size(text: str) -> float | None:
    """Bytes of ``1.5G`` (base 1024) or infinity; None for a percentage or no size."""
    if text == "infinity":
        return INFINITY
    from unitlint.grammar.size import parse_size

    found = parse_size(text)
    return None if found is None else float(found)


def timespan(text: str) -> float | None:
    """Microseconds of ``5min 30s``, plain numbers being seconds; None for no timespan."""
    if text == "infinity":
        return INFINITY
    from unitlint.grammar.timespan import parse_timespan

    found = parse_timespan(text)
    return None if found is None else float(found)


def boolean(text: str) -> bool | None:
    """True and False as systemd spells them."""
    from unitlint.grammar.boolean import parse_boolean

    return parse_boolean(text)


def integer(text: str) -> float | None:
    """A whole number or infinity; None for anything else."""
    if text == "infinity":
        return INFINITY
    try:
        return float(int(text, 0))
    except ValueError:
        return None


def _enum(text: str) -> Comparable:
    truth = boolean(text)
    return text if truth is None else truth


def _word(text: str) -> Comparable:
    return text


_PARSERS: dict[str, Callable[[str], Comparable | None]] = {
    "bool": boolean,
    "enum": _enum,
    "integer": integer,
    "integer_or_bool": integer,
    "integer_or_infinity": integer,
    "integer_or_percent_or_infinity": integer,
    "cpu_weight": integer,
    "size": size,
    "size_or_percent_or_infinity": size,
    "timespan": timespan,
    "timespan_nsec": timespan,
    "tristate": _enum,
}
