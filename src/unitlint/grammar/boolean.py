"""Booleans (parse-util.c: parse_boolean; conf-parser.c: config_parse_bool, config_parse_tristate)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.scalar import Fault, judge

_TRUE = frozenset(("1", "yes", "y", "true", "t", "on"))
_FALSE = frozenset(("0", "no", "n", "false", "f", "off"))
_MEANT = {
    "enable": "yes", "enabled": "yes", "ok": "yes", "always": "yes", "ture": "yes", "tru": "yes", "yess": "yes",
    "disable": "no", "disabled": "no", "none": "no", "never": "no", "fales": "no", "flase": "no", "fals": "no",
}  # fmt: skip


def parse_boolean(text: str) -> bool | None:
    """True, False, or None where systemd reads no boolean; case does not matter."""
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    return False if lowered in _FALSE else None


def read_boolean(text: str) -> bool:
    """Like parse_boolean, but raises Fault."""
    value = parse_boolean(text)
    if value is None:
        raise Fault("it is neither yes nor no, true nor false, on nor off, 1 nor 0", suggestion=_meant(text))
    return value


def _meant(text: str) -> str | None:
    lowered = text.strip("\"' ").lower()
    if parse_boolean(lowered) is not None:
        return lowered
    return _MEANT.get(lowered)


def boolean(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_bool: an empty value is no boolean."""
    return judge(text, context, read_boolean, empty=False)


def tristate(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_tristate: an empty value leaves it to systemd."""
    return judge(text, context, read_boolean, empty=True)
