"""Declarative rules to predicates: ``match`` says what is wrong, ``require`` what has to be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from unitlint.base.records import NamedTuple
from unitlint.rules.conditions import Condition, Explanation, Leaf, build, deciding, explain, leaves
from unitlint.rules.model import Context, Hit, Place, Predicate, Rule, RuleDetails, header_place, line_place
from unitlint.rules.subjects import Culprit, lines_of
from unitlint.rules.walk import parts, section_of, split
from unitlint.units.judged import is_loaded
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

UNSET = "(not set)"


class _Judge(NamedTuple):
    """One condition of a rule, with what its findings need."""

    rule: Rule
    details: RuleDetails
    node: Any
    condition: Condition
    held: bool
    """The truth of the condition for which there is a finding."""
    leaves: tuple[Leaf, ...]
    compared: tuple[str, ...]
    """The directives that others are compared with."""


class _Held(NamedTuple):
    """A condition that is as it should not be, in one unit."""

    key: tuple[str, str]
    """Section and directive that are to blame."""
    evidence: Explanation
    judge: _Judge
    unit: Unit
    context: Context


class Named:
    """What a message calls by the name that ``as`` gave it: ``{limit}`` is ``MemoryMax=1G``, where there is one."""

    __slots__ = ("directive", "item", "text", "value")

    def __init__(self, found: Culprit | None) -> None:
        self.directive = found.at.directive if found else UNSET
        self.value = found.at.value if found else UNSET
        self.item = found.item if found else UNSET
        self.text = f"{self.directive}={self.value}" if found else UNSET

    def __str__(self) -> str:
        return self.text


def compile_rule(rule: Rule) -> Predicate:
    """The predicate of a declarative rule.

    It points at the assignments at fault of the directive ``at``, or else of those that the decisive parts of the
    condition name; where nothing is set, at the header of the section.  What ``note`` names, and directives that
    others are compared with (``value-of``), become related places.
    """
    details = rule.details
    if details.require is None:
        judges = [_judge(rule, details.match, held=True)]
    else:
        judges = [_judge(rule, node, held=False) for node in details.require]
    when = build(details.when, blames=True, only_accepted=details.at_load, finds=False) if details.when else None
    most = 1 if details.once else None

    def found(unit: Unit, context: Context) -> Iterator[Hit]:
        if unit.masked or not (when is None or when.truth(unit, context)):
            return
        for judge in judges:
            yield from _hits(judge, unit, context)

    if most is None and not details.at_load:
        return found

    def predicate(unit: Unit, context: Context) -> Iterator[Hit]:
        hits = islice(found(unit, context), most)
        if not details.at_load:
            return hits
        kept = list(hits)
        return iter(kept if kept and is_loaded(unit, context.release) else ())

    return predicate


def _judge(rule: Rule, node: Any, *, held: bool) -> _Judge:
    condition = build(node, blames=held, only_accepted=rule.details.at_load)
    compared = [
        wanted["value-of"]
        for part in parts(node)
        for wanted in part.words.values()
        if isinstance(wanted, dict) and "value-of" in wanted
    ]
    return _Judge(rule, rule.details, node, condition, held, tuple(leaves(condition)), tuple(dict.fromkeys(compared)))


def _hits(judge: _Judge, unit: Unit, context: Context) -> Iterator[Hit]:
    if judge.condition.truth(unit, context) is not judge.held:
        return
    explained = explain(judge.condition, unit, context, held=judge.held)
    if judge.details.at:
        section, directive = split(judge.details.at)
        key = section_of(section, unit.type), directive
        pointed_at = [leaf for leaf in judge.leaves if leaf.key(unit) == key]
        yield from _hits_at(pointed_at, _Held(key, next(explained), judge, unit, context))
        return
    for evidence in explained:
        yield from _hits_at([evidence.to_blame], _Held(evidence.to_blame.key(unit), evidence, judge, unit, context))


def _hits_at(pointed_at: list[Leaf], held: _Held) -> Iterator[Hit]:
    key, _, judge, unit, context = held
    culprits: list[Culprit | None] = [found for leaf in pointed_at for found in leaf.culprits(unit, context)]
    if not culprits:
        lines = lines_of(unit, key, context.release, only_accepted=judge.details.at_load)
        culprits = [Culprit(lines[0], lines[0].value, None) if lines else None]
    related = _related(held)
    caret = judge.details.caret
    for culprit in culprits:
        place: Place | None
        if culprit is not None:
            place = culprit.at
        else:
            place = header_place(unit, key[0]) if key[0] else line_place(unit.documents[0], 1)
        if place is None:
            continue
        shown = tuple((other, note) for other, note in related if other is not place)
        span = culprit.span if culprit is not None and caret == "item" else None
        yield Hit(place, _fields(held, culprit), shown, span=span, on_name=caret == "name" and culprit is not None)


def _related(held: _Held) -> list[tuple[Place, str]]:
    """The places that the parts with a ``note`` found, and those of the directives that others are compared with."""
    _, evidence, judge, unit, context = held
    found: dict[int, tuple[Place, str]] = {}
    for leaf in evidence.held:
        place = leaf.place(unit, context) if leaf.note else None
        if place is not None:
            found.setdefault(id(place.at), (place.at, leaf.note))
    for name in judge.compared:
        other = deciding(unit, name)
        if other is not None:
            found.setdefault(id(other), (other, "compared with this"))
    return list(found.values())


def _fields(held: _Held, culprit: Culprit | None) -> dict[str, object]:
    """What the message names: the place, what is wanted there, options, and the values of other directives."""
    fields: dict[str, object] = {}
    evidence = held.evidence
    for name in held.judge.details.fields:
        fields[name] = _field(name, held, culprit)
    reason = evidence.to_blame.reason or next((leaf.reason for leaf in evidence.held if leaf.reason), "")
    if reason:
        fields["reason"] = reason.format_map(fields) if "{" in reason else reason
    return fields


def _field(name: str, held: _Held, culprit: Culprit | None) -> object:
    key, evidence, judge, unit, context = held
    if name in ("unit", "section", "directive", "reason"):
        return {"unit": unit.name, "section": key[0], "directive": key[1], "reason": ""}[name]
    if name in ("value", "item"):
        return UNSET if culprit is None else culprit.item if name == "item" else culprit.at.value
    if name == "wanted":
        from unitlint.rules.messages import describe

        return describe(judge.node, context.options)
    if name in context.options:
        from unitlint.rules.messages import listed

        return listed(context.options[name])
    for leaf in evidence.held:
        if leaf.label == name:
            return Named(leaf.place(unit, context))
    from unitlint.rules.facts import FACTS

    if name in FACTS:
        return FACTS[name].find(unit, context).text or UNSET
    return next((found[-1].value for other, found in unit.effective.items() if other[1] == name), Named(None))
