"""The nearest word is the one that difflib finds."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from unitlint.base.likeness import distance
from unitlint.base.near_words import Vocabulary
from unitlint.catalogue import directives_of

NAMES = [name.casefold() for name in directives_of("unit", "Service")]
WORDS = st.text("abcABC-é", max_size=12)


def nearest_word(word: str, known: list[str], least: float) -> str | None:
    return Vocabulary(known).nearest(word, least)


def theirs(word: str, known: list[str], least: float) -> str | None:
    found = get_close_matches(word, known, 1, least)
    return found[0] if found else None


@given(WORDS, st.lists(WORDS, max_size=8), st.sampled_from([0.5, 0.72, 0.9]))
def test_any_words(word: str, known: list[str], least: float) -> None:
    word, known = word.casefold() or "a", [name.casefold() for name in known]
    assert nearest_word(word, known, least) == theirs(word, known, least)


@given(WORDS, st.lists(WORDS, max_size=8), st.integers(0, 2))
def test_no_word_within_some_slips_is_left_out(word: str, known: list[str], slips: int) -> None:
    near = {name.casefold() for name in known if distance(word.casefold(), name.casefold()) <= slips}
    assert near <= {name.casefold() for name in Vocabulary(known).within(word, slips)}


@given(
    st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", "e", "x", "me"])), max_size=4)
)
def test_slips_in_directives(name: str, slips: list[tuple[int, str]]) -> None:
    word = name
    for at, letters in slips:
        word = word[:at] + letters + word[at + 1 :]
    if word:  # difflib finds nothing like nothing
        assert nearest_word(word, NAMES, 0.72) == theirs(word, NAMES, 0.72)


@pytest.mark.parametrize("word", ["a" * 30, "a" * 199])
def test_letters_by_the_dozen(word: str) -> None:
    known = ["a" * 20, "a" * 28, "b" * 30, "a" * 150 + "b" * 40]
    assert nearest_word(word, known, 0.72) == theirs(word, known, 0.72)


def test_long_words_take_no_time() -> None:
    assert_linear(lambda size: nearest_word("x" * size, NAMES, 0.72), 100_000)
