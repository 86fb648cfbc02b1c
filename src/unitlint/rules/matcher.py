"""Declarative rules to predicates: ``match`` says what is wrong, ``require`` what has to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unitlint.base.records import NamedTuple
from unitlint.rules.conditions import FACTS, Condition, Culprit, Leaf, blamed, build, leaves
from unitlint.rules.model import Context, Hit, Place, Predicate, Rule, header_place, line_place
from unitlint.rules.words import DirectiveName
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNSET = "(not set)"


class _Judge(NamedTuple):
    """One condition of a rule, with what its findings need."""

    rule: Rule
    node: Any
    condition: Condition
    held: bool
    """The truth of the condition for which there is a finding."""
    leaves: tuple[Leaf, ...]
    compared: tuple[DirectiveName, ...]


def compile_rule(rule: Rule) -> Predicate:
    """The predicate of a declarative rule.

    It points at the assignments at fault of the directive ``at``, or else of those that the decisive parts of the
    condition name; where nothing is set, at the header of the section.  Directives that others are compared with
    (``value-of``) become related places.
    """
    if rule.require is None:
        wrong = _judge(rule, rule.match, held=True)

        def matching(unit: Unit, context: Context) -> Iterator[Hit]:
            return iter(()) if unit.masked else _hits(wrong, unit, context)

        return matching
    when = build(rule.when, blames=True) if rule.when else None
    required = [_judge(rule, node, held=False) for node in rule.require]

    def requiring(unit: Unit, context: Context) -> Iterator[Hit]:
        if not unit.masked and (when is None or when.truth(unit, context)):
            for one in required:
                yield from _hits(one, unit, context)

    return requiring


def _judge(rule: Rule, node: Any, *, held: bool) -> _Judge:
    condition = build(node, blames=held)
    return _Judge(rule, node, condition, held, tuple(leaves(condition)), tuple(_compared(node)))


def _hits(judge: _Judge, unit: Unit, context: Context) -> Iterator[Hit]:
    if judge.condition.truth(unit, context) is not judge.held:
        return
    if judge.rule.at:
        key = _key(judge.rule.at)
        found = [(key, [leaf for leaf in judge.leaves if leaf.key == key])]
    else:
        found = [(leaf.key, [leaf]) for leaf in blamed(judge.condition, unit, context, held=judge.held)]
    for key, leaves_at in found:
        yield from _hits_at(key, leaves_at, judge, unit, context)


def _hits_at(key: DirectiveName, parts: Iterable[Leaf], judge: _Judge, unit: Unit, context: Context) -> Iterator[Hit]:
    culprits: list[Culprit | None] = [one for leaf in parts for one in leaf.culprits(unit, context)]
    if not culprits:
        last = _last(unit, key)
        culprits = [Culprit(last, last.value, None) if last is not None else None]
    related: tuple[tuple[Place, str], ...] = tuple(
        (other_place, "compared with this")
        for other in judge.compared
        if other != key and (other_place := _last(unit, other))
    )
    for one in culprits:
        place: Place | None = (
            one.at if one else header_place(unit, key[0]) if key[0] else line_place(unit.documents[0], 1)
        )
        if place is not None:
            yield Hit(place, _fields(key, judge, unit, context, one), related, span=one.span if one else None)


def _last(unit: Unit, key: DirectiveName) -> Assignment | None:
    return next(reversed(unit.meant(*key)), None)


def _fields(
    key: DirectiveName, judge: _Judge, unit: Unit, context: Context, culprit: Culprit | None
) -> dict[str, object]:
    """What the message names: the place, what is wanted there, options, and the values of other directives."""
    section, directive = key
    fields: dict[str, object] = {}
    for name in judge.rule.fields:
        if name in ("unit", "section", "directive"):
            fields[name] = {"unit": unit.name, "section": section, "directive": directive}[name]
        elif name in ("value", "item"):
            fields[name] = UNSET if culprit is None else culprit.item if name == "item" else culprit.at.value
        elif name == "wanted":
            from unitlint.rules.messages import describe

            fields[name] = describe(judge.node, context.options)
        elif name in context.options:
            from unitlint.rules.messages import listed

            fields[name] = listed(context.options[name])
        else:
            fields[name] = next((found[-1].value for other, found in unit.effective.items() if other[1] == name), UNSET)
    return fields


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


def _compared(node: Any) -> Iterator[DirectiveName]:
    ((key, inner),) = node.items()
    if key in ("all", "any"):
        for one in inner:
            yield from _compared(one)
    elif key != "not":
        for wanted in inner.values():
            if isinstance(wanted, dict) and "value-of" in wanted:
                yield _key(wanted["value-of"])


def _key(name: str) -> DirectiveName:
    section, _, directive = name.partition(".")
    return section, directive
