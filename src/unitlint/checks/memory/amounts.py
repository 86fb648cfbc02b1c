"""Comparing amounts of memory, which are sizes or shares of the machine's memory."""

from __future__ import annotations

from unitlint.rules.typed import size

SHARES = (("%", 1.0), ("‰", 0.1), ("‱", 0.01))


def amount(text: str) -> tuple[str, float] | None:
    """("size", bytes) or ("percent", number); None for neither."""
    for sign, factor in SHARES:
        if text.endswith(sign):
            try:
                return "percent", float(text[: -len(sign)]) * factor
            except ValueError:
                return None
    found = size(text)
    return None if found is None else ("size", found)


def above(left: str, right: str, *, or_equal: bool = False) -> bool:
    """True where ``left`` is surely more than ``right``: a size against a size, a share against a share."""
    one, other = amount(left), amount(right)
    if one is None or other is None or one[0] != other[0]:
        return False
    return one[1] > other[1] or (or_equal and one[1] == other[1])
