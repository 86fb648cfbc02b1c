"""RestrictNamespaces= and DelegateNamespaces= (load-fragment.c: config_parse_namespace_flags)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import ignored, names_at, take_words, unknown, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word

BOOLEANS = frozenset(("1", "yes", "y", "true", "t", "on", "0", "no", "n", "false", "f", "off"))


def namespace_flags(text: str, context: Context) -> Iterable[Problem]:
    """A boolean, or kinds of namespaces; ``~`` before the first turns the list round."""
    from unitlint.catalogue import facts

    if not text or text.casefold() in BOOLEANS:
        return []
    problems: list[Problem] = []
    names = names_at(facts("namespaces"), context.release)
    inverted = int(text.startswith("~"))
    for word in take_words(text[inverted:], problems, 0):
        if word.text not in names:
            place = Word(word.text, word.start + inverted, word.end + inverted)
            problems.append(unknown(place, "kind of namespace, and the whole list is lost", names))
    if context.directive == "DelegateNamespaces" and not (problems or inverted) and "user" in text.split():
        problems.append(ignored(whole(text), "a user namespace of its own cannot be handed over"))
    return problems
