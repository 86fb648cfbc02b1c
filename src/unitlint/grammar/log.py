"""LogExtraFields=, LogNamespace=, LogFilterPatterns= (load-fragment.c)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, take_words, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import CUNESCAPE, UNQUOTE

_FIELD = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_NAMESPACE = re.compile(r"[A-Za-z0-9:_.@-]+")
_LONGEST_NAMESPACE = 200


def log_extra_fields(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_log_extra_fields: FIELD=value."""
    problems: list[Problem] = []
    for word in take_words(text, problems, CUNESCAPE | UNQUOTE):
        field = expanded(word, context, problems)
        if field is None:
            continue
        name, equals, _ = field.partition("=")
        if not equals:
            problems.append(ignored(word, "it is not of the form FIELD=value"))
        elif not _FIELD.fullmatch(name):
            upper = name.upper().replace("-", "_")
            fixed = upper + field[len(name) :] if _FIELD.fullmatch(upper) else None
            reason = "a field's name has capitals, digits and _ and begins with a capital"
            problems.append(ignored(word, reason, suggestion=fixed))
    return problems


def log_namespace(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_log_namespace: what could be the instance of a unit's name."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems) if text else None
    if name is None:
        return problems
    if not _NAMESPACE.fullmatch(name) or name in (".", "..") or len(name) > _LONGEST_NAMESPACE:
        problems.append(ignored(word, "it is no name that a journal namespace can have"))
    return problems


def log_filter_patterns(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_log_filter_patterns: a regular expression of PCRE2, which is not judged here."""
    return [ignored(whole(text), "there is no pattern behind the ~")] if text == "~" else []
