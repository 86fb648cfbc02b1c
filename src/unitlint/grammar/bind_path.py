"""BindPaths= and BindReadOnlyPaths= (load-fragment.c: config_parse_bind_paths)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import (
    UNREADABLE,
    expanded,
    ignored,
    path_problem,
    tail,
    take_words,
    unknown,
)
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import (
    CUNESCAPE,
    DONT_COALESCE_SEPARATORS,
    RETAIN_ESCAPE,
    UNESCAPE_SEPARATORS,
    UNQUOTE,
    Word,
    read_words,
)

_OPTIONS = ("rbind", "norbind")
_TUPLES_SINCE = 258
_MOST_PARTS = 3


def bind_paths(text: str, context: Context) -> Iterable[Problem]:
    """Words of the form source, source:destination or source:destination:options."""
    problems: list[Problem] = []
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        problem = _tuple_problem(word, context, problems)
        if problem is not None:
            problems.append(problem)
    return problems


def split_parts(word: Word, keep_empty: bool = True, escapes: bool = True) -> list[Word] | None:
    """The parts of a word between colons, with their places; None for an unknown escape."""
    flags = DONT_COALESCE_SEPARATORS if keep_empty else 0
    if escapes:
        flags |= CUNESCAPE | UNESCAPE_SEPARATORS
    parts, failure = read_words(word.text, ":", flags)
    if failure is not None:
        return None
    plain = word.end - word.start == len(word.text)
    if not plain:
        return [Word(part.text, word.start, word.end) for part in parts]
    return [Word(part.text, word.start + part.start, word.start + part.end) for part in parts]


def _tuple_problem(word: Word, context: Context, problems: list[Problem]) -> Problem | None:
    parts = split_parts(word, escapes=context.release >= _TUPLES_SINCE)
    if parts is None:
        return ignored(word, UNREADABLE)
    if len(parts) > _MOST_PARTS and context.release >= _TUPLES_SINCE:
        return ignored(word, "it has more than source, destination and options")
    for number, part in enumerate(parts[:2]):
        path = expanded(part, context, problems)
        if path is None:
            return None
        if number == 0:
            path, part = path.removeprefix("-"), tail(part, part.text.removeprefix("-"))
        problem = path_problem(part, path, context)
        if problem is not None:
            return problem
    if len(parts) < _MOST_PARTS or not parts[2].text:
        return None
    options = ":".join(part.text for part in parts[2:])
    if options in _OPTIONS:
        return None
    place = Word(options, parts[2].start, parts[-1].end)
    return unknown(place, "option of a bind mount; they are rbind and norbind", _OPTIONS)
