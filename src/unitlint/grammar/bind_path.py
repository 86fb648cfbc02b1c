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
    WHITESPACE,
    Word,
    first_word,
    read_words,
)

_OPTIONS = ("rbind", "norbind")
_TUPLES_SINCE = 258
_MOST_PARTS = 3
_PATH = UNQUOTE | DONT_COALESCE_SEPARATORS


def bind_paths(text: str, context: Context) -> Iterable[Problem]:
    """Words of the form source, source:destination or source:destination:options."""
    problems: list[Problem] = []
    if not text:
        return problems
    if context.release < _TUPLES_SINCE:
        _read_in_one(text, context, problems)
        return problems
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        problem = _tuple_problem(word, context, problems)
        if problem is not None:
            problems.append(problem)
    return problems


def _read_in_one(text: str, context: Context, problems: list[Problem]) -> None:
    """Until 257 blanks and colons alike end a path, so that two blanks in a row have an empty path between them."""
    at: int | None = 0
    while at is not None:
        source, at, failure = first_word(text, at, ":" + WHITESPACE, _PATH)
        if source is None:
            if failure is not None:
                problems.append(Problem("ignored", failure.at, len(text), UNREADABLE))
            return
        if not _is_path(source, context, problems, optional=True) or at is None or text[at - 1] != ":":
            continue
        destination, at, _ = first_word(text, at, ":" + WHITESPACE, _PATH)
        if destination is None or not _is_path(destination, context, problems) or at is None or text[at - 1] != ":":
            continue
        options, at, _ = first_word(text, at, flags=UNQUOTE)
        if options is not None and options.text and options.text not in _OPTIONS:
            problems.append(_no_option(options))


def _is_path(word: Word, context: Context, problems: list[Problem], *, optional: bool = False) -> bool:
    path = expanded(word, context, problems)
    if path is None:
        return False
    if optional:
        path, word = path.removeprefix("-"), tail(word, word.text.removeprefix("-"))
    problem = path_problem(word, path, context)
    if problem is not None and not word.text:
        blanks = "nothing stands between two blanks or colons, and systemd takes that for an empty path"
        problem = problem._replace(reason=blanks, kind="invalid-value")
    if problem is not None:
        problems.append(problem)
    return problem is None


def _no_option(word: Word) -> Problem:
    return unknown(word, "option of a bind mount; they are rbind and norbind", _OPTIONS)


def split_parts(word: Word, keep_empty: bool = True) -> list[Word] | None:
    """The parts of a word between colons, with their places; None for an unknown escape."""
    flags = CUNESCAPE | UNESCAPE_SEPARATORS | (DONT_COALESCE_SEPARATORS if keep_empty else 0)
    parts, failure = read_words(word.text, ":", flags)
    if failure is not None:
        return None
    plain = word.end - word.start == len(word.text)
    if not plain:
        return [Word(part.text, word.start, word.end) for part in parts]
    return [Word(part.text, word.start + part.start, word.start + part.end) for part in parts]


def _tuple_problem(word: Word, context: Context, problems: list[Problem]) -> Problem | None:
    parts = split_parts(word)
    if parts is None:
        return ignored(word, UNREADABLE)
    if len(parts) > _MOST_PARTS:
        return ignored(word, "it has more than source, destination and options")
    for number, part in enumerate(parts[:2]):
        if not _is_path(part, context, problems, optional=number == 0):
            return None
    if len(parts) < _MOST_PARTS or not parts[2].text or parts[2].text in _OPTIONS:
        return None
    return _no_option(parts[2])
