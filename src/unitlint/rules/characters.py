"""Tests of one character, out of what Python's parser of regular expressions makes of a class or a literal."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CharacterTest = Callable[[str], bool]


def character_test(operator: str, argument: Any, flags: int) -> CharacterTest | None:
    """The test for an operator of re._parser that takes one character; None for any other operator."""
    if operator == "ANY":
        return _always if flags & re.DOTALL else _not_newline
    if operator == "LITERAL":
        return _folded(chr(argument).__eq__, flags)
    if operator == "NOT_LITERAL":
        return _negated(_folded(chr(argument).__eq__, flags))
    if operator == "IN":
        return _one_of(argument, flags)
    return None


def _one_of(items: Sequence[tuple[Any, Any]], flags: int) -> CharacterTest:
    tests: list[CharacterTest] = []
    negated = False
    for operator, argument in items:
        name = str(operator)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            tests.append(chr(argument).__eq__)
        elif name == "RANGE":
            tests.append(_range(*argument))
        else:
            tests.append(_category(str(argument), flags))

    def any_of(char: str) -> bool:
        return any(test(char) for test in tests)

    found = _folded(any_of, flags)
    return _negated(found) if negated else found


def _folded(test: CharacterTest, flags: int) -> CharacterTest:
    if not flags & re.IGNORECASE:
        return test
    return lambda char: test(char) or test(char.lower()) or test(char.upper())


def _negated(test: CharacterTest) -> CharacterTest:
    return lambda char: not test(char)


def _range(first: int, last: int) -> CharacterTest:
    return lambda char: len(char) == 1 and first <= ord(char) <= last


def _category(name: str, flags: int) -> CharacterTest:
    kind = name.rpartition("_")[2].lower()
    test = (_ASCII if flags & re.ASCII else _UNICODE)[kind]
    return _negated(test) if "_NOT_" in name else test


def _always(_char: str) -> bool:
    return True


def _not_newline(char: str) -> bool:
    return char != "\n"


_UNICODE: dict[str, CharacterTest] = {
    "digit": str.isdecimal,
    "space": str.isspace,
    "word": lambda char: char.isalnum() or char == "_",
}
_ASCII: dict[str, CharacterTest] = {
    "digit": frozenset(string.digits).__contains__,
    "space": frozenset(string.whitespace).__contains__,
    "word": frozenset(string.ascii_letters + string.digits + "_").__contains__,
}
