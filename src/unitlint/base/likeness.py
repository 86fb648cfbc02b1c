"""How like two words are: what was meant by a misspelled one, and whether nothing else can have been meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from unitlint.base.whole_numbers import is_whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.near_words import Vocabulary

LIKE = 0.72
"""From this ratio on (difflib: SequenceMatcher.ratio) one word may be meant by another; ipx and ipc have 0.67."""
MOST_SLIPS = 2
"""More wrong letters than these are another word, and so are this many in a short one."""
SHORT = 6
LETTERS = "abcdefghijklmnopqrstuvwxyz-_"
LONGEST_NAME = 255
"""No unit has a longer name (unit-name.h: UNIT_NAME_MAX)."""
SMALL = 1000
"""In larger sets a letter that is missing or another one costs too much to look for."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """``did you mean `x`?`` for the nearest of the known words, or None."""
    near = nearest(word, known)
    return None if near is None else f"did you mean `{near}`?"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like ``word``, or None where none is like it; case does not count."""
    return _vocabulary(known).nearest(word, LIKE)


def _vocabulary(known: Iterable[str]) -> Vocabulary:
    from unitlint.base.near_words import Vocabulary

    words = tuple(known)
    if len(words) > SMALL:
        return Vocabulary(words)
    found = _vocabularies.get(words)
    if found is None:
        if len(_vocabularies) >= _MOST_KEPT:
            _vocabularies.clear()
        found = _vocabularies[words] = Vocabulary(words)
    return found


_vocabularies: dict[tuple[str, ...], Vocabulary] = {}
_MOST_KEPT = 64


def slips(word: str, meant: str) -> int:
    """How many slips of the pen lie between two words, of which case is none; at most one more than MOST_SLIPS."""
    return distance(word.casefold(), meant.casefold())


def distance(word: str, other: str) -> int:
    """How many letters are missing, too many, wrong or exchanged with their neighbour (optimal string alignment)."""
    if abs(len(word) - len(other)) > MOST_SLIPS:
        return MOST_SLIPS + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        here = [row]
        for column, facing in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]


def is_only_name(word: str, meant: str, known: Iterable[str]) -> bool:
    """True where ``meant`` is at most two slips of the pen away from ``word``, and no other known name is as near."""
    number = slips(word, meant)
    if number > MOST_SLIPS or (number == MOST_SLIPS and len(word) < SHORT):
        return False
    near = _vocabulary(known).within(word, number)
    return all(slips(word, other) > number for other in near if other != meant)


def is_same_value(word: str, meant: str) -> bool:
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


def is_subsequence(short: str, long: str) -> bool:
    """True where ``long`` is ``short`` with some letters more."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _digits(text: str) -> str:
    return "".join(filter(is_whole_number, text))


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "%/~").casefold()


def one_slip_away(stem: str, end: str, known: Collection[str]) -> list[str]:
    """The known names ``x`` + ``end`` where ``x`` is one letter away, has two neighbours swapped or other dashes.

    Digits tell real names apart, so that none of them is taken for a slip.
    """
    if len(stem) > LONGEST_NAME:  # each candidate is as long as the stem
        return []
    if isinstance(known, frozenset) and not _may_be_near(stem, end, known):
        return []
    candidates = chain(_shorter_or_swapped(stem), _longer_or_other(stem) if len(known) <= SMALL else ())
    return sorted({name for candidate in candidates if candidate != stem and (name := f"{candidate}{end}") in known})


def _may_be_near(stem: str, end: str, known: frozenset[str]) -> bool:
    """False for most words: two that are one slip apart are alike without one letter of each, or in all but dashes."""
    without_one = _without_one(known, end)
    return _without_dashes(stem) in without_one or not without_one.isdisjoint(_shortened(stem))


@lru_cache(maxsize=8)
def _without_one(known: frozenset[str], end: str) -> frozenset[str]:
    """The stems of the names with this end, each without one letter, and without its dashes."""
    stems = [name.removesuffix(end) for name in known if name.endswith(end)]
    return frozenset(chain(map(_without_dashes, stems), *map(_shortened, stems)))


def _without_dashes(stem: str) -> str:
    return stem.replace("-", "").replace("_", "")


def _shortened(stem: str) -> Iterator[str]:
    """The word, and the word without one letter, whichever it is."""
    yield stem
    for at in range(len(stem)):
        yield stem[:at] + stem[at + 1 :]


def _shorter_or_swapped(stem: str) -> Iterator[str]:
    for at, char in enumerate(stem):
        if is_whole_number(char):
            continue
        yield stem[:at] + stem[at + 1 :]
        if not is_whole_number(stem[at + 1 : at + 2]):
            yield stem[:at] + stem[at + 1 : at + 2] + char + stem[at + 2 :]
    yield stem.replace("_", "-")
    yield stem.replace("-", "_")
    yield stem.replace("-", "")


def _longer_or_other(stem: str) -> Iterator[str]:
    for at in range(len(stem) + 1):
        head, tail = stem[:at], stem[at:]
        replaced = tail[1:] if tail and not is_whole_number(tail[0]) else None
        for letter in LETTERS:
            yield f"{head}{letter}{tail}"
            if replaced is not None:
                yield f"{head}{letter}{replaced}"
