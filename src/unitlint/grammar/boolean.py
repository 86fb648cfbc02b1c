"""Booleans (parse-util.c: parse_boolean)."""

from __future__ import annotations

_TRUE = frozenset(("1", "yes", "y", "true", "t", "on"))
_FALSE = frozenset(("0", "no", "n", "false", "f", "off"))


def parse_boolean(text: str) -> bool | None:
    """True, False, or None where systemd reads no boolean; case does not matter."""
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    return False if lowered in _FALSE else None
