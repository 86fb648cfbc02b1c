"""Regular expressions and globs of rule files, matched in a time that grows with the value's length and no faster.

Python's own engine backtracks: ``(a+)+$`` may run for years on forty characters. Here a pattern is read by Python's
parser, so that it means the same, and then walked as a finite automaton: all its states at once, one character after
the other. What an automaton cannot do (back-references, look-around, atomic groups) is refused when the rule is read.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module

from unitlint.rules.characters import CharacterTest, character_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_STATES = 500
MOST_STEPS = 2_000_000
"""States times characters: some half a second. What lies beyond in a longer value is not looked at."""
_LONGEST_PATTERN = 2000
_REMEMBERED = 2048
"""More patterns than the built-in rules have."""

Search = Callable[[str], bool]


class CannotMatch(ValueError):
    """What keeps a pattern from being used, for a person."""


def fault(pattern: str) -> str | None:
    """Why ``pattern`` cannot be used; None where it can."""
    try:
        searcher(pattern)
    except CannotMatch as reason:
        return str(reason)
    return None


@lru_cache(maxsize=_REMEMBERED)
def searcher(pattern: str) -> Search:
    """A function that says whether ``pattern`` matches somewhere in a text; raises CannotMatch."""
    if len(pattern) > _LONGEST_PATTERN:
        raise CannotMatch(f"a regular expression of more than {_LONGEST_PATTERN} characters")
    parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of sets such as `[a--]`, which are what they were
            re.compile(pattern)
            parsed = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise CannotMatch(f"not a regular expression: {error}") from None
    automaton = _Automaton()
    automaton.start = automaton.add_sequence(parsed, 0, parsed.state.flags)
    return automaton.search


@lru_cache(maxsize=_REMEMBERED)
def glob(pattern: str) -> Search:
    """A function that says whether the whole of a text is like ``pattern``: ``*``, ``?`` and ``[a-z]``, ``[!a]``.

    A bracket that never closes stands for itself, as in fnmatch(3) without flags: ``*`` matches slashes too.
    """
    if "?" not in pattern and "[" not in pattern:
        return _like_stars(pattern)
    parts, at = [], 0
    while at < len(pattern):
        char = pattern[at]
        end = pattern.find("]", at + 2) if char == "[" else -1
        if end > 0:
            inside = pattern[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            at = end
        else:
            parts.append({"*": "(?s:.*)", "?": "(?s:.)"}.get(char) or re.escape(char))
        at += 1
    return searcher(rf"\A{''.join(parts)}\Z")


@lru_cache(maxsize=_REMEMBERED)
def any_glob(patterns: tuple[str, ...]) -> Search:
    """A function that says whether a text is like one of the ``patterns``; most are plain names."""
    names = frozenset([pattern for pattern in patterns if not _SPECIAL.intersection(pattern)])
    others = [glob(pattern) for pattern in patterns if pattern not in names]
    return lambda text: text in names or any(like(text) for like in others)


_SPECIAL = frozenset("*?[")


def _like_stars(pattern: str) -> Search:
    """A glob without ``?`` and brackets, as most are; the automaton takes a hundred times as long."""
    head, *middle = pattern.split("*")
    if not middle:
        return pattern.__eq__
    tail = middle.pop()

    def search(text: str) -> bool:
        at, end = len(head), len(text) - len(tail)
        if end < at or not text.startswith(head) or not text.endswith(tail):
            return False
        for part in middle:
            found = text.find(part, at, end)
            if found < 0:
                return False
            at = found + len(part)
        return True

    return search


class _Automaton:
    """States by number; 0 accepts. A state has a test of one character, or an assertion, or only ways on."""

    def __init__(self) -> None:
        self.start = 0
        self._tests: list[CharacterTest | None] = [None]
        self._assertions: list[Assertion | None] = [None]
        self._next: list[tuple[int, ...]] = [()]

    def search(self, text: str) -> bool:
        """True where the pattern matches somewhere in ``text``."""
        text = text[: MOST_STEPS // len(self._next)]
        current: set[int] = set()
        begins_at_start = self._assertions[self.start] is _at_start
        for at in range(len(text) + 1):
            if at and begins_at_start:
                if not current:
                    return False
            else:
                current.add(self.start)
            reached = self._reached(current, text, at)
            if 0 in reached:
                return True
            if at < len(text):
                current = {
                    self._next[state][0]
                    for state in reached
                    if (test := self._tests[state]) is not None and test(text[at])
                }
        return False

    def _reached(self, states: set[int], text: str, at: int) -> set[int]:
        """The states that can be got to without a character."""
        reached: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in reached:
                continue
            reached.add(state)
            holds = self._assertions[state]
            if self._tests[state] is None and (holds is None or holds(text, at)):
                waiting += self._next[state]
        return reached

    def _add(self, *following: int, test: CharacterTest | None = None, assertion: Assertion | None = None) -> int:
        if len(self._next) > MOST_STATES:
            raise CannotMatch("a regular expression with so many repeats is too large")
        self._tests.append(test)
        self._assertions.append(assertion)
        self._next.append(following)
        return len(self._next) - 1

    def add_sequence(self, parsed: Sequence[Any], following: int, flags: int) -> int:
        """States for ``parsed``, which lead on to ``following``; returns the first of them."""
        for operator, argument in reversed(parsed):
            following = self._add_one(str(operator), argument, following, flags)
        return following

    def _add_one(self, operator: str, argument: Any, following: int, flags: int) -> int:
        if operator == "AT":
            return self._add(following, assertion=_assertion(str(argument), flags))
        if operator == "SUBPATTERN":
            _, more, less, inner = argument
            return self.add_sequence(inner, following, (flags | more) & ~less)
        if operator == "BRANCH":
            return self._add(*[self.add_sequence(one, following, flags) for one in argument[1]])
        if operator in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, body = argument
            return self._add_repeat(least, most, body, following, flags)
        test = character_test(operator, argument, flags)
        if test is None:
            what = _NOT_REGULAR.get(operator, "such a group")
            raise CannotMatch(f"a regular expression with {what} cannot be matched in bounded time")
        return self._add(following, test=test)

    def _add_repeat(self, least: int, most: int, body: Any, following: int, flags: int) -> int:
        if most >= _UNBOUNDED:
            loop = self._add()
            self._next[loop] = (self.add_sequence(body, loop, flags), following)
            following = loop
        else:
            end = following
            for _ in range(most - least):
                following = self._add(self.add_sequence(body, following, flags), end)
        for _ in range(least):
            before, following = following, self.add_sequence(body, following, flags)
            if following == before:
                break  # the body is empty, as in `(?:){2000000000}`
        return following


_UNBOUNDED = 2**31
_NOT_REGULAR = {
    "GROUPREF": "a back-reference", "GROUPREF_EXISTS": "a conditional group", "ASSERT": "look-around",
    "ASSERT_NOT": "look-around", "ATOMIC_GROUP": "an atomic group", "POSSESSIVE_REPEAT": "a possessive repeat",
}  # fmt: skip

Assertion = Callable[[str, int], bool]


def _at_start(_: str, at: int) -> bool:
    return at == 0


def _assertion(kind: str, flags: int) -> Assertion:
    if kind == "AT_BEGINNING" and flags & re.MULTILINE:
        return lambda text, at: at == 0 or text[at - 1] == "\n"
    if kind in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
        return _at_start
    if kind == "AT_END" and flags & re.MULTILINE:
        return lambda text, at: at == len(text) or text[at] == "\n"
    if kind == "AT_END":
        return lambda text, at: at == len(text) or text[at:] == "\n"
    if kind == "AT_END_STRING":
        return lambda text, at: at == len(text)
    wanted = kind == "AT_BOUNDARY"
    is_word = character_test("IN", [("CATEGORY", "CATEGORY_WORD")], flags)
    assert is_word is not None  # noqa: S101  # it is a category

    def boundary(text: str, at: int) -> bool:
        before = at > 0 and is_word(text[at - 1])
        return (before != (at < len(text) and is_word(text[at]))) is wanted

    return boundary
