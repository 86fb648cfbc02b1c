"""ProtectHostname= (load-fragment.c: config_parse_protect_hostname)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.boolean import parse_boolean
from unitlint.grammar.choice import choice, words_of
from unitlint.grammar.expand import FULL, expand
from unitlint.grammar.faults import ignored, tail, whole
from unitlint.grammar.printed_text import BAD_SPECIFIER
from unitlint.grammar.problem import Context, Problem

_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
_LONGEST = 64
_LONGEST_LABEL = 63
NAMES_SINCE = 258
"""Since then a colon and the host name that the unit is to see may follow."""


def is_hostname(text: str) -> bool:
    """Labels of letters, digits and hyphens with dots between (hostname-util.c: hostname_is_valid)."""
    labels = text.split(".")
    return len(text) <= _LONGEST and all(len(one) <= _LONGEST_LABEL and _LABEL.fullmatch(one) for one in labels)


def protect_hostname(text: str, context: Context) -> Iterable[Problem]:
    """A boolean or ``private``, alone or with a host name behind a colon."""
    word, colon, name = text.partition(":")
    if not colon or context.release < NAMES_SINCE:
        return choice(text, context)
    if word not in words_of(context) and parse_boolean(word) is None:
        return choice(text, context)
    place = tail(whole(text), name)
    expanded = expand(name, context, FULL)
    if expanded is None:
        return (ignored(place, BAD_SPECIFIER, "bad-specifier"),)
    return () if is_hostname(expanded) else (ignored(place, "it is no valid host name"),)
