"""TemporaryFileSystem= (load-fragment.c: config_parse_temporary_filesystems)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import expanded, path_problem, take_words
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import UNQUOTE, Word


def temporary_file_systems(text: str, context: Context) -> Iterable[Problem]:
    """Words of the form path or path:mount options; the kernel judges the options."""
    problems: list[Problem] = []
    for word in take_words(text, problems, UNQUOTE):
        name, _, options = word.text.partition(":")
        plain = word.end - word.start == len(word.text)
        part = Word(name, word.start, word.start + len(name) if plain else word.end)
        path = expanded(part, context, problems)
        if path is None:
            continue
        problem = path_problem(part, path, context)
        if problem is not None:
            problems.append(problem)
        elif options:
            expanded(Word(options, part.end, word.end), context, problems)
    return problems
