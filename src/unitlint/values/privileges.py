"""User=, Group=, SupplementaryGroups= (user-util.c: valid_user_group_name, relaxed)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import is_whole_number, whole_number
from unitlint.catalogue import NEWEST
from unitlint.values.faults import expanded, ignored, names_at, refused, take_words, unknown, warned, whole
from unitlint.values.numbers import PLAIN_C
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.typed import parse_boolean
from unitlint.values.words import Word, split_words

_INVALID_IDS = (0xFFFF, 0xFFFFFFFF)
_NOT_A_NAME = "expected the name or number of a user or group, such as www-data or 1000"
_USER_AND_GROUP = "a name cannot contain `:`; write the user in User= and the group in Group="


_PLAIN = late_pattern("[A-Za-z_][A-Za-z0-9_-]*")
_WITH_DOTS = late_pattern("[A-Za-z_][A-Za-z0-9_.-]*")
_STRICT = {240: _PLAIN, 241: _PLAIN, 242: _PLAIN, 243: _WITH_DOTS, 244: _WITH_DOTS}
_LONGEST_STRICT = 31
_NOBODY_SINCE = 246


def is_id(text: str, release: int = NEWEST) -> bool:
    """True for a numeric user or group id (parse_uid)."""
    number = whole_number(text)
    if number is None or (len(text) > 1 and text[0] == "0" and release not in PLAIN_C):
        return False
    return number <= 0xFFFFFFFF and number not in _INVALID_IDS


def is_user_name(name: str, release: int) -> bool:
    """True for what User= and Group= take: an id, or a name by the relaxed rules; some releases had strict ones.

    RHEL 8's 239 and Ubuntu's 245 have the relaxed rules as well.
    """
    if is_id(name, release):
        return True
    if release in _STRICT:
        return len(name) <= _LONGEST_STRICT and _STRICT[release].fullmatch(name) is not None
    if not name or name != name.strip(" ") or name in (".", ".."):
        return False
    if any(char in ":/" or char < " " or char == "\x7f" for char in name):
        return False
    digits = name.removeprefix("-")
    return not is_whole_number(digits) and name != "-"


def user_group(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_user_group_compat: a bad name refuses the unit."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems, effect="refused") if text else None
    if name is None:
        return problems
    if not is_user_name(name, context.release):
        problems.append(refused(word, _USER_AND_GROUP if ":" in name else _NOT_A_NAME))
    elif name == "nobody" and "User" in context.directive and context.release >= _NOBODY_SINCE:
        reason = "every program without a user of its own shares nobody, so it isolates nothing"
        advice = "Write DynamicUser=yes, or name a system user of its own, created with sysusers.d."
        problems.append(warned(word, reason, "deprecated-value")._replace(help=advice))
    return problems


def user_groups(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_user_group_strv_compat: names, a bad one refuses the unit."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, 0, effect="refused"):
        name = expanded(word, context, problems, effect="refused")
        if name is not None and not is_user_name(name, context.release):
            problems.append(refused(word, _USER_AND_GROUP if ":" in name else _NOT_A_NAME))
    return problems


def capability_set(_text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """systemd drops what is no capability without a word, and all from a quote on that is never closed."""
    return ()


@cache
def every_capability() -> frozenset[str]:
    """Every capability there is, by name."""
    from unitlint.catalogue import facts

    return frozenset([entry["name"] for entry in facts("capabilities")])


def unknown_capabilities(text: str) -> list[Word]:
    """The words that are no capability, by name or number: systemd drops them silently."""
    known = every_capability()
    inverted = int(text.startswith("~"))
    return [
        Word(word.text, word.start + inverted, word.end + inverted)
        for word in split_words(text[inverted:])
        if word.text.upper() not in known and not ((number := whole_number(word.text)) is not None and number < 63)
    ]


def namespace_flags(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A boolean, or kinds of namespaces; ``~`` before the first turns the list round."""
    from unitlint.catalogue import facts

    if not text or parse_boolean(text) is not None:
        return []
    problems: list[ValueProblem] = []
    names = names_at(facts("namespaces"), context.release)
    inverted = int(text.startswith("~"))
    for word in take_words(text[inverted:], problems, 0):
        if word.text not in names:
            place = Word(word.text, word.start + inverted, word.end + inverted)
            problems.append(unknown(place, "kind of namespace", names))
    if context.directive == "DelegateNamespaces" and not (problems or inverted) and "user" in text.split():
        problems.append(ignored(whole(text), "a user namespace cannot be delegated"))
    return problems
