"""User=, Group=, SupplementaryGroups= (user-util.c: valid_user_group_name, relaxed)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import expanded, refused, take_words, warned, whole
from unitlint.grammar.problem import Context, Problem

_INVALID_IDS = (0xFFFF, 0xFFFFFFFF)
_NOT_A_NAME = "it is neither a name nor a number that a user or group can have"


def is_id(text: str) -> bool:
    """True for a numeric user or group id (parse_uid)."""
    if not (text.isascii() and text.isdigit()) or (len(text) > 1 and text[0] == "0"):
        return False
    return int(text) <= 0xFFFFFFFF and int(text) not in _INVALID_IDS


def is_valid(name: str) -> bool:
    """True for what User= and Group= take: an id, or a name by the relaxed rules."""
    if is_id(name):
        return True
    if not name or name != name.strip(" ") or name in (".", ".."):
        return False
    if any(char in ":/" or char < " " or char == "\x7f" for char in name):
        return False
    digits = name.removeprefix("-")
    return not (digits.isascii() and digits.isdigit()) and name != "-"


def user_group(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_user_group_compat: a bad name refuses the unit."""
    problems: list[Problem] = []
    word = whole(text)
    name = expanded(word, context, problems, effect="refused") if text else None
    if name is None:
        return problems
    if not is_valid(name):
        problems.append(refused(word, _NOT_A_NAME))
    elif name == "nobody" and "User" in context.directive:
        reason = "nobody is shared by whatever has no user of its own, so it isolates nothing"
        problems.append(warned(word, reason, "deprecated-value"))
    return problems


def user_groups(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_user_group_strv_compat: names, a bad one refuses the unit."""
    problems: list[Problem] = []
    for word in take_words(text, problems, 0, effect="refused"):
        name = expanded(word, context, problems, effect="refused")
        if name is not None and not is_valid(name):
            problems.append(refused(word, _NOT_A_NAME))
    return problems
