"""Which rules are asked of which unit: they are dispatched by what a unit holds instead of being asked each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_TYPES
from unitlint.files.search_path import ALONE
from unitlint.files.unread import why_unread
from unitlint.rules.walk import section_of, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.rules.model import Context, Predicate, Rule
    from unitlint.units.unit import Unit


class RulesOfType(NamedTuple):
    """The rules about one type of unit, by what makes them worth asking.

    A set of them is the bits of a number, one for each place in ``rules``: most units have a dozen directives, of which
    each is worth asking a dozen rules, mostly the same ones.
    """

    rules: tuple[Rule, ...]
    always: int
    by_directive: dict[tuple[str, str], int]
    """Those that speak of a directive, where it is assigned."""
    by_objection: dict[str, int]
    """Those that report a kind of mistake, where reading the unit brought it up."""
    with_text: int
    """Those that are asked only where a text of theirs stands in one of the files."""
    texts: dict[int, tuple[tuple[str, int], ...]]
    """Of each set of these that was asked for: the texts, and which rules are asked where one is there."""
    chosen: dict[int, tuple[Rule, ...]]
    """The rules of each set that was asked for."""


class Plan(NamedTuple):
    """The rules that make sense at one release, and what they were told and have noted so far."""

    release: int
    rules: tuple[Rule, ...]
    whole: tuple[Rule, ...]
    """Rules about the checked set as a whole."""
    about_lines: frozenset[str]
    """Codes of the rules whose findings are about one line as it stands."""
    by_code: dict[str, Rule]
    """The rules by code where what follows from another finding becomes a note of it; empty where all is told."""
    options: Mapping[str, Mapping[str, Any]]
    root: Any
    by_type: dict[str, RulesOfType]
    """By unit type; see :func:`rules_for`."""
    ready: dict[str, tuple[Predicate, Context]]
    """Each rule's predicate, with what it was last told; see engine/dispatch.py."""
    notes: dict[str, list[Any]]
    """What the rules about the whole set have noted, by code."""
    failures: list[tuple[str, str]]
    """Paths of files whose check failed in part, "" where no file can be named, and what went wrong."""
    targets: tuple[int, ...] = ()
    """What the user called the release: its number, names of distributions, or both."""


def make_plan(
    rules: Iterable[Rule],
    release: int,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    root: Any = None,
    *,
    for_people: bool = False,
) -> Plan:
    """The plan for ``release``; rules that look into a root tree are left out where there is none.

    ``for_people`` tells that what follows from another finding becomes a note of that one.
    """
    fitting = [
        rule
        for rule in rules
        if rule.since <= release <= (rule.until or release) and (root is not None or not rule.needs_root)
    ]
    units = tuple([rule for rule in fitting if not rule.whole_set])
    whole = tuple([rule for rule in fitting if rule.whole_set])
    about_lines = frozenset([rule.code for rule in fitting if rule.about == "line"])
    by_code = {rule.code: rule for rule in fitting} if for_people else {}
    return Plan(release, units, whole, about_lines, by_code, options or {}, root, {}, {}, {}, [])


def rules_for(unit: Unit, plan: Plan) -> tuple[Rule, ...]:
    """The rules to be asked of ``unit``, each once."""
    kind = unit.quadlet or unit.type
    of_type = plan.by_type.get(kind)
    if of_type is None:
        of_type = plan.by_type[kind] = _rules_of_type(kind, plan.rules)
    wanted = of_type.always
    by_directive, by_objection = of_type.by_directive, of_type.by_objection
    for directive in unit.assignments:
        if directive in by_directive:
            wanted |= by_directive[directive]
    if by_objection:
        for objection in _objections(unit, plan.release):
            wanted |= by_objection.get(objection, 0)
    with_text = wanted & of_type.with_text
    if with_text:
        wanted ^= with_text ^ (with_text & _told_by_text(unit, of_type, with_text))
    chosen = of_type.chosen.get(wanted)
    if chosen is None:
        chosen = of_type.chosen[wanted] = tuple([of_type.rules[place] for place in _places(wanted)])
    if plan.root is not None and not plan.root.may_be_read(unit.path):
        return tuple([rule for rule in chosen if not rule.needs_root])
    return chosen


def _told_by_text(unit: Unit, of_type: RulesOfType, with_text: int) -> int:
    """Those of the rules of which a text is there, and perhaps others."""
    texts = of_type.texts.get(with_text)
    if texts is None:
        by_text: dict[str, int] = {}
        for place in _places(with_text):
            for text in of_type.rules[place].contains:
                by_text[text] = by_text.get(text, 0) | 1 << place
        texts = of_type.texts[with_text] = tuple(by_text.items())
    documents = unit.documents
    content = documents[0].text if len(documents) == 1 else "\n".join([document.text for document in documents])
    told = 0
    for text, rules in texts:
        if text in content:
            told |= rules
    return told


def _places(rules: int) -> list[int]:
    """The places of the rules of a set."""
    places = []
    while rules:
        places.append(rules.bit_length() - 1)
        rules ^= 1 << places[-1]
    return places[::-1]


def may_be_noted(unit: Unit, rule: Rule, release: int) -> bool:
    """Whether a rule about the whole set takes notes of the unit: one of its directives or objections is there."""
    if rule.objections and _objections(unit, release).isdisjoint(rule.objections):
        return False
    return not rule.directives or any(tuple(name.split(".", 1)) in unit.assignments for name in rule.directives)


def _rules_of_type(unit_type: str, rules: Iterable[Rule]) -> RulesOfType:
    section_type = "service" if unit_type in QUADLET_TYPES else unit_type
    of_type = tuple([rule for rule in rules if _suits(rule, unit_type)])
    always = with_text = 0
    by_directive: dict[tuple[str, str], int] = {}
    by_objection: dict[str, int] = {}
    for place, rule in enumerate(of_type):
        bit = 1 << place
        for name in rule.directives:
            section, directive = split(name)
            key = section_of(section, section_type), directive
            by_directive[key] = by_directive.get(key, 0) | bit
        for objection in rule.objections:
            by_objection[objection] = by_objection.get(objection, 0) | bit
        if not rule.directives and not rule.objections:
            always |= bit
        if rule.contains:
            with_text |= bit
    return RulesOfType(of_type, always, by_directive, by_objection, with_text, {}, {})


_USUAL_MODES = frozenset((0, 0o444, 0o644, 0o664))


def _objections(unit: Unit, release: int) -> set[str]:
    """The kinds of mistakes that the reader and the value grammars found, and what is odd about the files."""
    from unitlint.units.judged import judged

    kinds = set(judged(unit, release).by_rule)
    if unit.masked:
        kinds.add("masked")
    if not unit.has_fragment:
        kinds.add("no-fragment")
    if unit.odd_links:
        kinds.add("odd-link")
    if unit.shadowed:
        kinds.add("shadowed")
    if unit.hidden_drop_ins:
        kinds.add("hidden-drop-in")
    if unit.has_fragment and why_unread(os.path.dirname(os.path.abspath(unit.path))):
        kinds.add("unread-folder")
    for document in unit.documents:
        if document.mode not in _USUAL_MODES:
            kinds.add("unusual-mode")
        if document.problems:
            kinds.update([problem.kind for problem in document.problems])
    return kinds


def _suits(rule: Rule, unit_type: str) -> bool:
    """Whether the rule is about units of this type, or about services made of Quadlet files of this type."""
    if unit_type in rule.applies_to:
        return True
    if unit_type not in QUADLET_TYPES:
        return "all" in rule.applies_to and unit_type not in ALONE
    if "service" not in rule.applies_to and "all" not in rule.applies_to:
        return False
    return rule.quadlet is None or unit_type in rule.quadlet
