"""BusName= (load-fragment.c: config_parse_bus_name)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, whole
from unitlint.grammar.problem import Context, Problem

_ELEMENT = r"[A-Za-z_-][A-Za-z0-9_-]*"
_NAME = re.compile(rf"{_ELEMENT}(?:\.{_ELEMENT})+")
_UNIQUE = re.compile(r":[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_MAX_LENGTH = 255


def bus_name(text: str, context: Context) -> Iterable[Problem]:
    """A D-Bus name with a dot in it, such as org.example.Foo."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems)
    if name is None or (len(name) <= _MAX_LENGTH and (_NAME.fullmatch(name) or _UNIQUE.fullmatch(name))):
        return problems
    return [ignored(word, "a bus name has at least two parts with a dot between: org.example.Name")]
