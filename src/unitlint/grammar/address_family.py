"""RestrictAddressFamilies= (load-fragment.c: config_parse_address_families)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import take_words, unknown
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word

_NONE_SINCE = 249
_ALL_OR_NOTHING_SINCE = 261


def address_families(text: str, context: Context) -> Iterable[Problem]:
    """AF_ names; ``~`` before the first turns the list round; ``none`` allows no family."""
    from unitlint.catalogue import facts

    if text == "none" and context.release >= _NONE_SINCE:
        return []
    problems: list[Problem] = []
    names: list[str] = facts("address_families")["names"]
    inverted = int(text.startswith("~"))
    what = "address family"
    if context.release >= _ALL_OR_NOTHING_SINCE:
        what += ", and systemd drops the rest of the line"
    for word in take_words(text[inverted:], problems):
        if word.text not in names:
            place = Word(word.text, word.start + inverted, word.end + inverted)
            candidates = names if word.text.upper().startswith("AF_") else _by_short_name(names)
            problem = unknown(place, what, candidates)
            if problem.suggestion and not problem.suggestion.startswith("AF_"):
                problem = problem._replace(suggestion="AF_" + problem.suggestion)
            problems.append(problem)
    return problems


def _by_short_name(names: list[str]) -> list[str]:
    return [name.removeprefix("AF_") for name in names]
