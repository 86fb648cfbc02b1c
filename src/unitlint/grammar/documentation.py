"""Documentation= (load-fragment.c: config_parse_documentation)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, take_words
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import RETAIN_ESCAPE, UNQUOTE, Word

_PREFIXES = ("http://", "https://", "file:/", "info:", "man:")
_MANUAL = re.compile(r"[A-Za-z0-9_.:@-]+\([0-9][a-z]*\)")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/.*)?")


def documentation(text: str, context: Context) -> Iterable[Problem]:
    """URLs: http, https, file, info and man."""
    problems: list[Problem] = []
    for word in take_words(text, problems, UNQUOTE | RETAIN_ESCAPE):
        url = expanded(word, context, problems)
        if url is None:
            return problems
        if url and not is_url(url):
            reason = "it is no URL that begins with http://, https://, file:/, info: or man:"
            problems.append(ignored(word, reason, suggestion=_nearest_url(word)))
    return problems


def is_url(text: str) -> bool:
    """True for what Documentation= takes (documentation_url_is_valid)."""
    return text.isascii() and any(text.startswith(prefix) and len(text) > len(prefix) for prefix in _PREFIXES)


def _nearest_url(word: Word) -> str | None:
    text = word.text.strip(",;<>")
    if text != word.text and is_url(text):
        return text
    if text.startswith("/"):
        return "file:" + text
    if _MANUAL.fullmatch(text):
        return "man:" + text
    return "https://" + text if _HOST.fullmatch(text) else None
