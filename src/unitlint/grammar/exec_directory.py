"""RuntimeDirectory=, StateDirectory= and their like (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.bind_path import split_parts
from unitlint.grammar.faults import UNREADABLE, expanded, ignored, path_problem, take_words, whole
from unitlint.grammar.percent import parse_permyriad
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.size import INFINITY, parse_size
from unitlint.grammar.words import RETAIN_ESCAPE, UNQUOTE, Word

_SYMLINKS_SINCE = 250
_FLAGS_SINCE = 257
_MOST_PARTS = 3


def exec_directories(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_directories: relative paths; since 250 with a symlink after a colon."""
    problems: list[Problem] = []
    flags = UNQUOTE | RETAIN_ESCAPE if context.release >= _SYMLINKS_SINCE else UNQUOTE
    for word in take_words(text, problems, flags):
        problem = _word_problem(word, context, problems)
        if problem is not None:
            problems.append(problem)
    return problems


def exec_quota(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_quota: ``off``, a size in bytes or a percentage."""
    if not text or _is_quota(text):
        return []
    fixed = text.upper() if _is_quota(text.upper()) else None
    return [ignored(whole(text), "it is no size, no percentage and not “off”", suggestion=fixed)]


def _is_quota(text: str) -> bool:
    share = parse_permyriad(text)
    if share is not None:
        return share <= 10000
    return text == "off" or text == str(INFINITY) or (text != "infinity" and parse_size(text) is not None)


def _word_problem(word: Word, context: Context, problems: list[Problem]) -> Problem | None:
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
    if context.directive == "ConfigurationDirectory":
        return ignored(extra[0], "ConfigurationDirectory= takes no symlink and no flags")
    if context.release >= _FLAGS_SINCE and len(parts) >= _MOST_PARTS and parts[2].text not in ("", "ro"):
        return ignored(parts[2], "the only flag is ro", suggestion="ro")
    return _link_problem(extra[0], context, problems)


def _link_problem(link: Word, context: Context, problems: list[Problem]) -> Problem | None:
    if not link.text:
        return None
    path = expanded(link, context, problems)
    return None if path is None else path_problem(link, path, context, absolute=False)


def _folder_problem(word: Word, path: str, context: Context) -> Problem | None:
    problem = path_problem(word, path, context, absolute=False)
    if problem is not None:
        return problem
    if path.strip("/") == ".":
        return ignored(word, "the base folder itself cannot be named")
    if path == "private" or path.startswith("private/"):
        return ignored(word, "the folder “private” belongs to systemd itself")
    return None
