"""The declarative matcher: conditions on the effective unit, over typed values.  No code of a rule file is run.

``rules/validate.py`` has checked the form of a condition before it comes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit, Place, Predicate, Rule
from unitlint.rules.places import header_place
from unitlint.rules.typed import comparable
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Condition = Callable[[Unit], bool]
Key = tuple[str, str]
LONGEST_MATCHED = 500
"""Only so many characters of a value are given to a regular expression, which bounds its time."""


def compile_rule(rule: Rule) -> Predicate:
    """The predicate of a declarative rule, compiled once to closures.

    It points at the directive ``at``, or else the first one of ``match``; where that is unset, at the header of
    its section.  Directives that others are compared with (``value-of``) become related places.
    """
    condition = _condition(rule.match)
    section, directive = _key(rule.at or next(iter(_directives(rule.match))))
    compared = [_key(name) for name in _compared(rule.match)]

    def predicate(unit: Unit, _context: Context) -> Iterator[Hit]:
        at: Place | None = unit.last(section, directive)
        if unit.masked or (at is None and not unit.has_fragment) or not condition(unit):
            return
        at = at or header_place(unit, section)
        if at is not None:
            others = [unit.last(*key) for key in compared if key != (section, directive)]
            related: tuple[tuple[Place, str], ...] = tuple((one, "compared with this") for one in others if one)
            yield Hit(at, _fields(unit), related)

    return predicate


def needed(match: Any) -> frozenset[str]:
    """Directives of which at least one must be assigned for ``match`` to hold; empty where none has to be."""
    if not isinstance(match, dict):
        return frozenset()
    ((key, inner),) = match.items()
    if key == "all":
        return min((found for found in map(needed, inner) if found), key=len, default=frozenset())
    if key == "any":
        parts = [needed(one) for one in inner]
        return frozenset().union(*parts) if all(parts) else frozenset()
    if key == "not" or inner.get("set") is False:
        return frozenset()
    return frozenset((str(key),))


def _condition(match: Any) -> Condition:
    ((key, inner),) = match.items()
    if key in ("all", "any"):
        parts = [_condition(one) for one in inner]
        joined = all if key == "all" else any
        return lambda unit: joined(part(unit) for part in parts)
    if key == "not":
        part = _condition(inner)
        return lambda unit: not part(unit)
    tests = [_test(word, wanted, _key(key)) for word, wanted in inner.items()]
    return lambda unit: all(test(unit) for test in tests)


def _test(word: str, wanted: Any, key: Key) -> Condition:
    if word == "set":
        return lambda unit: bool(unit.all(*key)) is wanted
    compare = _COMPARISONS[word]
    other = _key(wanted["value-of"]) if isinstance(wanted, dict) else None
    against: Any = re.compile(wanted) if word == "matches" else wanted

    def test(unit: Unit) -> bool:
        found = unit.all(*key)
        if other is None or not found:
            return bool(found) and _holds(compare, key, unit, against, word)
        last = unit.last(*other)
        return last is not None and _holds(compare, key, unit, last.value, word)

    return test


def _holds(compare: Callable[[_Value, Any], bool], key: Key, unit: Unit, against: Any, word: str) -> bool:
    """``contains``, ``matches`` and ``under`` look at every assignment of a list, the others at the deciding one."""
    kind = unit.name if unit.type == "conf" else "unit"
    found = unit.all(*key)
    if word not in ("contains", "matches", "under"):
        found = found[-1:]
    return any(compare(_Value(key, one.value, kind), against) for one in found)


class _Value:
    """The text of an assignment with what it takes to compare it."""

    __slots__ = ("key", "kind", "text")

    def __init__(self, key: Key, text: str, kind: str) -> None:
        self.key = key
        self.text = text
        self.kind = kind

    def typed(self, text: str) -> Any:
        """``text`` as a number, boolean or word, by the type of this value's directive."""
        return comparable(*self.key, text, self.kind)


def _equals(value: _Value, wanted: Any) -> bool:
    left = value.typed(value.text)
    return bool(left == value.typed(_text(wanted))) if left is not None else value.text == _text(wanted)


def _less(value: _Value, wanted: Any) -> bool:
    left, right = value.typed(value.text), value.typed(_text(wanted))
    return isinstance(left, float) and isinstance(right, float) and left < right


def _greater(value: _Value, wanted: Any) -> bool:
    left, right = value.typed(value.text), value.typed(_text(wanted))
    return isinstance(left, float) and isinstance(right, float) and left > right


def _under(value: _Value, wanted: Any) -> bool:
    parents = [str(one).rstrip("/") for one in (wanted if isinstance(wanted, list) else [wanted])]
    paths = [word.text.lstrip("-+!@:|").partition(":")[0] for word in split_words(value.text)]
    return any(path == parent or path.startswith(f"{parent}/") for path in paths for parent in parents)


def _contains(value: _Value, wanted: Any) -> bool:
    return any(word.text == _text(wanted) for word in split_words(value.text))


_COMPARISONS: dict[str, Callable[[_Value, Any], bool]] = {
    "equals": _equals,
    "in": lambda value, wanted: any(_equals(value, one) for one in wanted),
    "matches": lambda value, wanted: wanted.search(value.text[:LONGEST_MATCHED]) is not None,
    "contains": _contains,
    "less-than": _less,
    "greater-than": _greater,
    "under": _under,
}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _key(name: str) -> Key:
    section, _, directive = name.partition(".")
    return section, directive


def _directives(match: Any) -> Iterator[str]:
    ((key, inner),) = match.items()
    if key in ("all", "any"):
        for one in inner:
            yield from _directives(one)
    elif key == "not":
        yield from _directives(inner)
    else:
        yield key


def _compared(match: Any) -> Iterator[str]:
    ((key, inner),) = match.items()
    if key in ("all", "any"):
        for one in inner:
            yield from _compared(one)
    elif key != "not":
        yield from (wanted["value-of"] for wanted in inner.values() if isinstance(wanted, dict))


def _fields(unit: Unit) -> dict[str, object]:
    return {directive: values[-1].value for (_, directive), values in unit.effective.items()}
