"""CapabilityBoundingSet= and AmbientCapabilities= (load-fragment.c: config_parse_capability_set)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import take_words
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word, split_words


def capability_set(text: str, context: Context) -> Iterable[Problem]:
    """systemd drops unknown capabilities without a word; only broken quotes are an error."""
    problems: list[Problem] = []
    for _ in take_words(text.removeprefix("~"), problems):
        pass
    return problems


def unknown_capabilities(text: str) -> list[Word]:
    """The words that are no capability, by name or number: systemd drops them silently."""
    from unitlint.catalogue import facts

    known = {entry["name"] for entry in facts("capabilities")}
    inverted = int(text.startswith("~"))
    return [
        Word(word.text, word.start + inverted, word.end + inverted)
        for word in split_words(text[inverted:])
        if word.text.upper() not in known and not (word.text.isdigit() and int(word.text) < 63)
    ]
