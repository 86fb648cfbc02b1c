"""RuntimeDirectory=, StateDirectory= and their like (load-fragment.c)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.bind_path import split_parts
from unitlint.grammar.faults import UNREADABLE, expanded, ignored, path_problem, take_words, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import RETAIN_ESCAPE, UNQUOTE, Word

_SYMLINKS_SINCE = 250
_FLAGS_SINCE = 257
_MOST_PARTS = 3
_QUOTA = re.compile(r"off|[0-9]+|[0-9]+(?:\.[0-9]*)?[BKMGTPE]?|[0-9]*\.[0-9]+[BKMGTPE]?")
_PERCENT = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?%")


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
    percent = _PERCENT.fullmatch(text)
    if percent:
        return int(percent[1]) * 100 + int((percent[2] or "0").ljust(2, "0")) <= 10000
    if not _QUOTA.fullmatch(text):
        return False
    return not text.isdigit() or int(text) < 1 << 64


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
    problem = _folder_problem(source, path)
    if problem is not None or not extra:
        return problem
    if context.directive == "ConfigurationDirectory":
        return ignored(extra[0], "ConfigurationDirectory= takes no symlink and no flags")
    if context.release >= _FLAGS_SINCE and len(parts) >= _MOST_PARTS:
        flags = ":".join(part.text for part in parts[2:])
        if flags not in ("", "ro"):
            where = Word(flags, parts[2].start, parts[-1].end)
            return ignored(where, "the only flag is ro", suggestion="ro")
    return _link_problem(extra[0], context, problems)


def _link_problem(link: Word, context: Context, problems: list[Problem]) -> Problem | None:
    if not link.text:
        return None
    path = expanded(link, context, problems)
    return None if path is None else path_problem(link, path, absolute=False)


def _folder_problem(word: Word, path: str) -> Problem | None:
    problem = path_problem(word, path, absolute=False)
    if problem is not None:
        return problem
    if path == "private" or path.startswith("private/"):
        return ignored(word, "the folder “private” belongs to systemd itself")
    return None
