"""The declarative matcher: conditions on the effective unit, over typed values.  No code of a rule file is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from unitlint.errors import UnitlintError, did_you_mean
from unitlint.rules.model import Context, Hit, Predicate, Rule
from unitlint.rules.typed import comparable
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


Condition = Callable[[Unit], bool]
WORDS = ("set", "equals", "in", "matches", "contains", "less-than", "greater-than", "under")
LONGEST_MATCHED = 1000
"""Only so many characters of a value are given to a regular expression, which bounds its time."""


def compile_rule(rule: Rule) -> Predicate:
    """The predicate of a declarative rule; raises UnitlintError for words that the matcher does not know."""
    condition = _condition(rule.match, rule)
    section, _, directive = (rule.at or _first_directive(rule.match)).partition(".")

    def predicate(unit: Unit, _context: Context) -> Iterator[Hit]:
        if (unit.has_fragment or unit.last(section, directive)) and not unit.masked and condition(unit):
            place = unit.last(section, directive) or header_place(unit, section)
            if place is not None:
                yield Hit(place, _fields(unit))

    return predicate


def header_place(unit: Unit, section: str) -> Any:
    """The header of ``section`` in the fragment, or the file's first line: where a thing is missing."""
    for document in unit.documents:
        for header in document.headers:
            if header.name == section:
                return document, document.line_span(header.line)
    return (unit.documents[0], unit.documents[0].line_span(1)) if unit.documents else None


def _condition(match: Any, rule: Rule) -> Condition:
    if not isinstance(match, dict) or len(match) != 1:
        raise UnitlintError(
            f"{rule.code}: a condition is a mapping with one key", hint="all, any, not or Section.Directive"
        )
    ((key, inner),) = match.items()
    if key in ("all", "any"):
        parts = [_condition(one, rule) for one in inner]
        joined = all if key == "all" else any
        return lambda unit: joined(part(unit) for part in parts)
    if key == "not":
        part = _condition(inner, rule)
        return lambda unit: not part(unit)
    section, dot, directive = key.partition(".")
    if not dot or not isinstance(inner, dict):
        raise UnitlintError(
            f"{rule.code}: `{key}` is no condition", hint="all, any, not or Section.Directive: {word: value}"
        )
    tests = [_test(word, wanted, (section, directive), rule) for word, wanted in inner.items()]
    return lambda unit: all(test(unit) for test in tests)


def _test(word: str, wanted: Any, at: tuple[str, str], rule: Rule) -> Condition:
    if word not in WORDS:
        raise UnitlintError(f"{rule.code}: unknown word `{word}`", hint=did_you_mean(word, WORDS))
    if word == "set":
        return lambda unit: bool(unit.all(*at)) is bool(wanted)
    other = str(wanted["value-of"]).partition(".") if isinstance(wanted, dict) else None
    compare = _COMPARISONS[word]
    pattern = re.compile(str(wanted)) if word == "matches" else None

    def test(unit: Unit) -> bool:
        found = unit.all(*at)
        if not found:
            return False
        against: Any = pattern or wanted
        if other is not None:
            last = unit.last(other[0], other[2])
            if last is None:
                return False
            against = last.value
        if word == "contains":
            return any(str(against) in assignment.value.split() for assignment in found)
        return compare(at, found[-1].value, against)

    return test


def _equals(at: tuple[str, str], value: str, wanted: Any) -> bool:
    left, right = comparable(*at, value), comparable(*at, _text(wanted))
    return left == right if left is not None else value == _text(wanted)


def _less(at: tuple[str, str], value: str, wanted: Any) -> bool:
    left, right = comparable(*at, value), comparable(*at, _text(wanted))
    return isinstance(left, float) and isinstance(right, float) and left < right


def _greater(at: tuple[str, str], value: str, wanted: Any) -> bool:
    left, right = comparable(*at, value), comparable(*at, _text(wanted))
    return isinstance(left, float) and isinstance(right, float) and left > right


def _under(_at: tuple[str, str], value: str, wanted: Any) -> bool:
    parents = wanted if isinstance(wanted, list) else [wanted]
    path = value.lstrip("-+!@:")
    return any(path == one or path.startswith(f"{str(one).rstrip('/')}/") for one in parents)


_COMPARISONS: dict[str, Callable[[tuple[str, str], str, Any], bool]] = {
    "equals": _equals,
    "in": lambda at, value, wanted: any(_equals(at, value, one) for one in wanted),
    "matches": lambda _at, value, wanted: wanted.search(value[:LONGEST_MATCHED]) is not None,
    "less-than": _less,
    "greater-than": _greater,
    "under": _under,
    "contains": lambda _at, value, wanted: str(wanted) in value.split(),
}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _first_directive(match: Any) -> str:
    if isinstance(match, dict):
        for key, inner in match.items():
            if "." in key:
                return str(key)
            return _first_directive(inner)
    if isinstance(match, list) and match:
        return _first_directive(match[0])
    return "Unit.Description"


def _fields(unit: Unit) -> dict[str, object]:
    return {directive: values[-1].value for (_, directive), values in unit.effective.items()}
