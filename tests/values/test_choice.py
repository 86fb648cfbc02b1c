"""Words that come and go with releases."""

from __future__ import annotations

import pytest

from unitlint.values.choice import choice, words_of
from unitlint.values.problem import ValueContext

ENTRY = {"name": "Mode", "enum": ["new", "old", "plain"], "enum_since": {"new": 250}, "enum_removed": {"old": 255}}


def about(release: int) -> ValueContext:
    return ValueContext(release, "Service", "Mode", ENTRY, user_manager=False, unit_name="a.service")


@pytest.mark.parametrize(
    ("release", "words"),
    [
        (249, ["old", "plain"]),
        (250, ["new", "old", "plain"]),
        (254, ["new", "old", "plain"]),
        (255, ["new", "plain"]),
    ],
)
def test_the_words_of_a_release(release: int, words: list[str]) -> None:
    """A word is known from the release that brought it to the one before the release that took it away."""
    assert words_of(about(release)) == words
    accepted = [word for word in ("new", "old", "plain") if not tuple(choice(word, about(release)))]
    assert accepted == words
