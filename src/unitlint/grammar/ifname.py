"""Names of network interfaces (socket-util.c: ifname_valid_full)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import expanded, ignored, take_words, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer
from unitlint.grammar.words import Word

_MAX_LENGTH = 15
_MAX_ALTERNATIVE = 127
_RESERVED = ("all", "default")
_EXPANDS_SINCE = 258
_NO_INTERFACE = "it is no name that a network interface can have"


def is_interface(name: str, *, alternative: bool = False, index: bool = False) -> bool:
    """True for a name that an interface can have; ``index`` allows its number too."""
    longest = _MAX_ALTERNATIVE if alternative else _MAX_LENGTH
    if not name or len(name) > longest or name in (".", "..") or name in _RESERVED:
        return False
    if not all("!" <= char <= "~" and char not in ":/%" for char in name):
        return False
    return index or not (name.isdigit() or _is_index(name))


def _is_index(name: str) -> bool:
    number = parse_integer(name)
    return number is not None and 0 < number < 2**31


def bind_to_device(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_socket_bindtodevice."""
    if not text or text == "*":
        return []
    problems: list[Problem] = []
    word = whole(text)
    name: str | None = text
    if context.release >= _EXPANDS_SINCE:
        name = expanded(word, context, problems)
    if name is not None and not _fits(name, context):
        problems.append(ignored(word, _NO_INTERFACE))
    return problems


def _fits(name: str, context: Context) -> bool:
    if context.release < 248:
        return is_interface(name.replace("%", "x"), index=not name.isdigit())
    return is_interface(name)


def bind_network_interface(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_bind_network_interface."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems) if text else None
    if name is not None and not is_interface(name, alternative=True):
        problems.append(ignored(word, _NO_INTERFACE))
    return problems


def restrict_network_interfaces(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_restrict_network_interfaces: names, ``~`` before the first turns it round."""
    problems: list[Problem] = []
    inverted = text.startswith("~")
    for word in take_words(text[1:] if inverted else text, problems):
        if not is_interface(word.text, alternative=True):
            place = Word(word.text, word.start + inverted, word.end + inverted)
            problems.append(ignored(place, _NO_INTERFACE))
    return problems
