"""How sure it is that one spelling was meant by another."""

from __future__ import annotations

from collections.abc import Iterable

MOST_SLIPS = 2
"""More wrong letters than these are another word, and so are this many in a short one."""
SHORT = 6


def is_sure_name(word: str, meant: str, known: Iterable[str]) -> bool:
    """True where ``meant`` is at most two slips of the pen away from ``word``, and no other known name is as near."""
    number = slips(word, meant)
    if number > MOST_SLIPS or (number == MOST_SLIPS and len(word) < SHORT):
        return False
    return all(slips(word, other) > number for other in known if other != meant)


def slips(word: str, meant: str) -> int:
    """How many slips of the pen lie between two words, of which case is none; at most one more than MOST_SLIPS."""
    return distance(word.casefold(), meant.casefold())


def is_sure_value(word: str, meant: str) -> bool:
    """True where ``meant`` only spells ``word`` as systemd does: other signs or case, a shorter unit, one slip.

    ``1GB`` and ``1G``, ``onfailure`` and ``on-failure``, ``TRUE`` and ``true`` are such pairs; ``20000`` and ``10000``
    are not, for a number is never guessed.
    """
    if _digits(word) != _digits(meant) or ("." in meant and "." not in word):
        return False  # another number; a name without its suffix may have lost a letter instead
    plain, plainly = _letters(word), _letters(meant)
    if plain == plainly:
        return True
    if _digits(word):
        return is_subsequence(meant.casefold(), word.casefold()) and len(word) - len(meant) < SHORT
    if min(len(plain), len(plainly)) >= SHORT - 1 and (plain.startswith(plainly) or plainly.startswith(plain)):
        return True
    return len(word) >= SHORT and slips(word, meant) == 1


def distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong or exchanged with their neighbour (optimal string alignment)."""
    if abs(len(one) - len(other)) > MOST_SLIPS:
        return MOST_SLIPS + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, facing in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]


def is_subsequence(short: str, long: str) -> bool:
    """True where ``long`` is ``short`` with some letters more."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "%/~").casefold()
