"""Declarative rules to predicates: ``match`` says what is wrong, ``require`` what has to be."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.conditions import FACTS, Condition, Culprit, build, leaves
from unitlint.rules.model import Context, Hit, Place, Predicate, Rule
from unitlint.rules.places import header_place, line_place
from unitlint.rules.words import Key
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNSET = "(not set)"


def compile_rule(rule: Rule) -> Predicate:
    """The predicate of a declarative rule.

    It points at the assignments at fault of the directive ``at``, or else of the first one that a condition names;
    where that is unset, at the header of its section.  Directives that others are compared with (``value-of``)
    become related places.
    """
    if rule.require is None:
        return _matching(rule, rule.match)
    when = build(rule.when, blames=True) if rule.when else None
    required = [_requiring(rule, node) for node in rule.require]

    def predicate(unit: Unit, context: Context) -> Iterator[Hit]:
        if not unit.masked and (when is None or when.truth(unit, context)):
            for one in required:
                yield from one(unit, context)

    return predicate


def _matching(rule: Rule, node: Any) -> Predicate:
    condition = build(node, blames=True)

    def predicate(unit: Unit, context: Context) -> Iterator[Hit]:
        if not unit.masked and condition.truth(unit, context):
            yield from _hits(rule, node, condition, unit, context)

    return predicate


def _requiring(rule: Rule, node: Any) -> Predicate:
    condition = build(node, blames=False)

    def predicate(unit: Unit, context: Context) -> Iterator[Hit]:
        if condition.truth(unit, context) is False:
            yield from _hits(rule, node, condition, unit, context)

    return predicate


def _hits(rule: Rule, node: Any, condition: Condition, unit: Unit, context: Context) -> Iterator[Hit]:
    key = _key(rule.at) if rule.at else next((leaf.key for leaf in leaves(condition) if leaf.key[0]), ("", ""))
    culprits = [one for leaf in leaves(condition) if leaf.key == key for one in leaf.culprits(unit, context)]
    if not culprits:
        last = _last(unit, key)
        culprits = [Culprit(last, last.value, None)] if last is not None else []
    related: tuple[tuple[Place, str], ...] = tuple(
        (place, "compared with this") for other in _compared(node) if other != key and (place := _last(unit, other))
    )
    for one in culprits:
        yield Hit(one.at, _fields(rule, node, unit, context, key, one), related, span=one.span)
    if not culprits:
        at = header_place(unit, key[0]) if key[0] else line_place(unit.documents[0], 1)
        if at is not None:
            yield Hit(at, _fields(rule, node, unit, context, key, None), related)


def _last(unit: Unit, key: Key) -> Assignment | None:
    return next(reversed(unit.meant(*key)), None)


def _fields(
    rule: Rule, node: Any, unit: Unit, context: Context, key: Key, culprit: Culprit | None
) -> dict[str, object]:
    """What the message may name: the place, what is wanted there, options, and the values of other directives."""
    from unitlint.rules.describe import describe, listed

    fields: dict[str, object] = {directive: found[-1].value for (_, directive), found in unit.effective.items()}
    fields |= {name: listed(value) for name, value in context.options.items()}
    fields |= {
        "unit": unit.name,
        "section": key[0],
        "directive": key[1],
        "value": culprit.at.value if culprit else UNSET,
        "item": culprit.item if culprit else UNSET,
        "wanted": describe(node, context.options),
    }
    return {**dict.fromkeys(rule.fields, UNSET), **fields}


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
    if key == "not" or key in FACTS or inner.get("set") is False or inner.get("or-unset"):
        return frozenset()
    return frozenset((str(key),))


def _compared(node: Any) -> Iterator[Key]:
    ((key, inner),) = node.items()
    if key in ("all", "any"):
        for one in inner:
            yield from _compared(one)
    elif key != "not":
        for wanted in inner.values():
            if isinstance(wanted, dict) and "value-of" in wanted:
                yield _key(wanted["value-of"])


def _key(name: str) -> Key:
    section, _, directive = name.partition(".")
    return section, directive
