"""Conditions and asserts: ``|`` and ``!`` before a path or a string (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, path_problem
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word

_BOOLEANS = ("1", "yes", "y", "true", "t", "on", "0", "no", "n", "false", "f", "off")


def operand(text: str) -> Word:
    """The value without the signs for “one of these suffices” (``|``) and “not” (``!``)."""
    start = 0
    for sign in "|!":
        start += text.startswith(sign, start)
    return Word(text[start:], start, len(text))


def condition_path(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_condition_path."""
    problems: list[Problem] = []
    if not text:
        return problems
    word = operand(text)
    path = expanded(word, context, problems)
    if path is not None:
        problem = path_problem(word, path, context)
        if problem is not None:
            problems.append(problem)
    return problems


def condition_string(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_condition_string: any text; what it means shows at run time."""
    problems: list[Problem] = []
    if text:
        expanded(operand(text), context, problems)
    return problems


def condition_null(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_condition_null."""
    word = operand(text)
    if not text or word.text.casefold() in _BOOLEANS:
        return []
    return [ignored(word, "it is no boolean: yes or no")]
