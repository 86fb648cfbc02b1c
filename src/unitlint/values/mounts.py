"""BindPaths= and BindReadOnlyPaths= (load-fragment.c: config_parse_bind_paths)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.syntax.lines import WHITESPACE
from unitlint.values.faults import UNREADABLE, expanded, ignored, path_problem, tail, take_words, unknown, whole
from unitlint.values.mount_names import mount_problem
from unitlint.values.numbers import parse_permyriad
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.size import CGROUP_LIMIT_MAX, parse_size
from unitlint.values.words import (
    CUNESCAPE,
    DONT_COALESCE_SEPARATORS,
    RETAIN_ESCAPE,
    UNESCAPE_SEPARATORS,
    UNQUOTE,
    Word,
    first_word,
    read_words,
)

_OPTIONS = ("rbind", "norbind")
_TUPLES_SINCE = 260
_MOST_PARTS = 3
_PATH = UNQUOTE | DONT_COALESCE_SEPARATORS


def bind_paths(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """Words of the form source, source:destination or source:destination:options."""
    problems: list[ValueProblem] = []
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


def _read_in_one(text: str, context: ValueContext, problems: list[ValueProblem]) -> None:
    """Until 259 blanks and colons alike end a path, so that two blanks in a row have an empty path between them."""
    at: int | None = 0
    while at is not None:
        source, at, failure = first_word(text, at, ":" + WHITESPACE, _PATH)
        if source is None:
            if failure is not None:
                problems.append(ValueProblem("ignored", failure.at, len(text), UNREADABLE))
            return
        if not _is_path(source, context, problems, optional=True) or at is None or text[at - 1] != ":":
            continue
        destination, at, failure = first_word(text, at, ":" + WHITESPACE, _PATH)
        if failure is not None:
            problems.append(ValueProblem("ignored", failure.at, len(text), UNREADABLE))
            return
        if destination is None or not _is_path(destination, context, problems) or at is None or text[at - 1] != ":":
            continue
        options, at, failure = first_word(text, at, flags=UNQUOTE)
        if failure is not None:
            problems.append(ValueProblem("ignored", failure.at, len(text), UNREADABLE))
            return
        if options is not None and options.text and options.text not in _OPTIONS:
            problems.append(_no_option(options))


def _is_path(word: Word, context: ValueContext, problems: list[ValueProblem], *, optional: bool = False) -> bool:
    path = expanded(word, context, problems)
    if path is None:
        return False
    if optional:
        path, word = path.removeprefix("-"), tail(word, word.text.removeprefix("-"))
    problem = path_problem(word, path, context)
    if problem is not None and not word.text:
        blanks = "a path is empty: two spaces or colons follow each other"
        problem = problem._replace(reason=blanks, kind="invalid-value")
    if problem is not None:
        problems.append(problem)
    return problem is None


def _no_option(word: Word) -> ValueProblem:
    return unknown(word, "option of a bind mount", _OPTIONS)


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


def _tuple_problem(word: Word, context: ValueContext, problems: list[ValueProblem]) -> ValueProblem | None:
    parts = split_parts(word)
    if parts is None:
        return ignored(word, UNREADABLE)
    if len(parts) > _MOST_PARTS:
        return ignored(word, "expected SOURCE, SOURCE:DESTINATION or SOURCE:DESTINATION:rbind, such as /srv/data:/data")
    for number, part in enumerate(parts[:2]):
        if not _is_path(part, context, problems, optional=number == 0):
            return None
    if len(parts) < _MOST_PARTS or not parts[2].text or parts[2].text in _OPTIONS:
        return None
    return _no_option(parts[2])


_BASES = {
    "StateDirectory": "/var/lib", "CacheDirectory": "/var/cache", "LogsDirectory": "/var/log",
    "ConfigurationDirectory": "/etc", "RuntimeDirectory": "/run",
}  # fmt: skip
_SYMLINKS_SINCE = 250
_FLAGS_SINCE = 257

_MOST_PARTS_OF_DIRECTORY = 3


def exec_directories(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_directories: relative paths; since 250 with a symlink after a colon."""
    problems: list[ValueProblem] = []
    flags = UNQUOTE | RETAIN_ESCAPE if context.release >= _SYMLINKS_SINCE else UNQUOTE
    for word in take_words(text, problems, flags):
        problem = _word_problem(word, context, problems)
        if problem is not None:
            problems.append(problem)
    return problems


def exec_quota(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_quota: ``off``, a size in bytes or a percentage."""
    if not text or _is_quota(text):
        return []
    fixed = text.upper() if _is_quota(text.upper()) else None
    return [ignored(whole(text), "expected a size such as 512M, a percentage, or off", suggestion=fixed)]


def _is_quota(text: str) -> bool:
    share = parse_permyriad(text)
    if share is not None:
        return share <= 10000
    return text == "off" or text == str(CGROUP_LIMIT_MAX) or (text != "infinity" and parse_size(text) is not None)


def _word_problem(word: Word, context: ValueContext, problems: list[ValueProblem]) -> ValueProblem | None:
    parts: list[Word] | None = [word]
    if context.release >= _SYMLINKS_SINCE:
        parts = split_parts(word, keep_empty=context.release >= _FLAGS_SINCE)
    if not parts:
        return ignored(word, UNREADABLE)
    source, extra = parts[0], parts[1:]
    path = expanded(source, context, problems)
    if path is None:
        return None
    problem = _folder_problem(source, path, context)
    if problem is not None or not extra:
        return problem
    if context.directive == "ConfigurationDirectory" and extra[0].text:
        return ignored(extra[0], "ConfigurationDirectory= takes no symlink and no flags")
    if context.release >= _FLAGS_SINCE and len(parts) >= _MOST_PARTS_OF_DIRECTORY and parts[2].text not in ("", "ro"):
        return ignored(parts[2], "the only flag is ro, as in NAME::ro", suggestion="ro")
    return _link_problem(extra[0], context, problems)


def _link_problem(link: Word, context: ValueContext, problems: list[ValueProblem]) -> ValueProblem | None:
    if not link.text:
        return None
    path = expanded(link, context, problems)
    return None if path is None else path_problem(link, path, context, absolute=False)


def _folder_problem(word: Word, path: str, context: ValueContext) -> ValueProblem | None:
    problem = path_problem(word, path, context, absolute=False)
    if problem is not None:
        return problem
    if path.strip("/") == ".":
        return ignored(word, "name a directory below the base directory, not the base directory itself")
    if path == "private" or path.startswith("private/"):
        return ignored(word, "systemd reserves the name private for itself")
    return mount_problem(word, f"{_BASES.get(context.directive, '/run')}/{path}", context)
