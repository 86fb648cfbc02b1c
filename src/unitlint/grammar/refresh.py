"""RefreshOnReload= (load-fragment.c: config_parse_service_refresh_on_reload)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.boolean import parse_boolean
from unitlint.grammar.choice import words_of
from unitlint.grammar.faults import take_words, unknown
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word


def refresh_on_reload(text: str, context: Context) -> Iterable[Problem]:
    """A boolean, or the words of what is to be refreshed; ~ in front inverts the list."""
    if parse_boolean(text) is not None:
        return []
    problems: list[Problem] = []
    known = words_of(context)
    skipped = 1 if text.startswith("~") else 0
    for word in take_words(text[skipped:], problems):
        if word.text not in known:
            place = Word(word.text, word.start + skipped, word.end + skipped)
            problems.append(unknown(place, f"name that can stand here: {' or '.join(known)}", known))
    return problems
