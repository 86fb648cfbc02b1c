"""Whole numbers in text from elsewhere, whatever digits it has and however many."""

from __future__ import annotations

MOST_DIGITS = 400
"""More than any number needs; int() refuses 4,301 digits, and takes quadratic time for fewer."""
HUGE = 10**MOST_DIGITS
"""What a number of more digits is read as: larger than any limit."""


def is_whole_number(text: str) -> bool:
    """True for ASCII digits alone; str.isdigit() is true of `²` too, str.isdecimal() of the digits of other scripts."""
    return text.isascii() and text.isdigit()


def whole_number(text: str) -> int | None:
    """The number that ASCII digits spell, without a sign; HUGE for a longer one, None for any other text."""
    if not (text.isascii() and text.isdigit()):
        return None
    if len(text) > MOST_DIGITS:
        text = text.lstrip("0") or "0"
        if len(text) > MOST_DIGITS:
            return int(HUGE)
    return int(text)


def number_of_digits(text: str) -> int:
    """The number that a pattern has found; raises ValueError where that holds anything but ASCII digits."""
    number = whole_number(text)
    if number is None:
        raise ValueError(f"not a whole number: {text[:40]!r}")
    return number
