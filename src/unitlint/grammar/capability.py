"""CapabilityBoundingSet= and AmbientCapabilities= (load-fragment.c: config_parse_capability_set)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word, split_words


def capability_set(_text: str, _context: Context) -> Iterable[Problem]:
    """systemd drops what is no capability without a word, and all from a quote on that is never closed."""
    return ()


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
