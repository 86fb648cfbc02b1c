"""Which rules are asked of which unit: they are dispatched by what a unit holds instead of being asked each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_TYPES
from unitlint.engine.sought_texts import SoughtTexts
from unitlint.files.search_path import ALONE
from unitlint.rules.walk import OWN, section_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.rules.model import Context, Predicate, Rule
    from unitlint.units.unit import Unit

NOT_UTF8 = "not-utf8"
MOST_KEPT = 5_000
"""So many directives of a type are remembered with their rules."""
Rules = dict[str, "Rule"]
"""By code."""


class RulesOfDirective(NamedTuple):
    """The rules that speak of one directive, by what makes them worth asking where it is assigned."""

    always: Rules
    by_value: SoughtTexts | None
    """Those that look for a text, where one of its values holds it; None: there are none."""
    by_assigned: Rules
    """Those that look for a text, where any value of the unit holds it."""


class RulesOfType(NamedTuple):
    """The rules about one type of unit, by what makes them worth asking."""

    always: Rules
    by_name: dict[str, list[Rule]]
    """The rules that speak of a directive, by its name in their files, ``Service.User`` or ``Own.MemoryMax``."""
    by_directive: dict[tuple[str, str], RulesOfDirective | None]
    """What was made of ``by_name`` for the directives that were met, which are few of many; None: no rule has it."""
    by_objection: dict[str, Rules]
    """Those that report a kind of mistake, where reading the unit brought it up."""
    by_text: SoughtTexts
    """Those that look for a text, where it stands in one of the files."""


class Plan(NamedTuple):
    """The rules that make sense at one release, and what they were told and have noted so far."""

    release: int
    rules: tuple[Rule, ...]
    """Those about single units and those about the whole set."""
    whole: tuple[tuple[Rule, frozenset[tuple[str, str]]], ...]
    """Rules about the checked set as a whole, each with its directives, of which a unit has to assign one."""
    about_lines: frozenset[str]
    """Codes of the rules whose findings are about one line as it stands."""
    by_code: dict[str, Rule]
    """The rules by code."""
    joins_causes: bool
    """Whether what follows from another finding becomes a note of it."""
    options: Mapping[str, Mapping[str, Any]]
    root: Any
    by_type: dict[str, RulesOfType]
    """By unit type; see :func:`rules_for`."""
    ready: dict[str, tuple[Predicate, Context]]
    """Each rule's predicate, with what it was last told; see engine/dispatch.py."""
    notes: dict[str, list[Any]]
    """What the rules about the whole set have noted, by code."""
    read_folders: dict[str, bool]
    """Whether the managers may read units in a folder, as far as was asked."""
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
    """The plan for ``release``; rules that look into a root directory are left out where there is none.

    ``for_people`` tells that what follows from another finding becomes a note of that one.
    """
    release = int(release)  # a Target is its name as text
    fitting = [
        rule
        for rule in rules
        if rule.since <= release <= (rule.until or release) and (root is not None or not rule.needs_root)
    ]
    whole = tuple([(rule, frozenset(map(_key, rule.directives))) for rule in fitting if rule.whole_set])
    about_lines = frozenset([rule.code for rule in fitting if rule.about == "line"])
    by_code = {rule.code: rule for rule in fitting}
    rules = tuple(fitting)
    return Plan(release, rules, whole, about_lines, by_code, for_people, options or {}, root, {}, {}, {}, {}, [])


def _key(name: str) -> tuple[str, str]:
    section, _, directive = name.partition(".")
    return section, directive


def rules_for(unit: Unit, plan: Plan, objections: Iterable[str]) -> Iterable[Rule]:
    """The rules to be asked of ``unit``, to which there are these ``objections``, each rule once.

    Of a unit in UTF-16 nothing else can be said.
    """
    of_type = _for_type_of(unit, plan)
    if NOT_UTF8 in objections and is_unreadable(unit):
        return of_type.by_objection.get(NOT_UTF8, Rules()).values()
    chosen = of_type.always.copy()
    for objection in objections:
        if objection in of_type.by_objection:
            chosen.update(of_type.by_objection[objection])
    for rules in of_type.by_text.found_in("\n".join([document.text for document in unit.documents])):
        chosen.update(rules)
    _add_rules_of_directives(chosen, unit, of_type)
    if plan.root is not None and not plan.root.may_be_read(unit.path):
        return [rule for rule in chosen.values() if not rule.needs_root]
    return chosen.values()


def rules_again(unit: Unit, plan: Plan, objections: Iterable[str], codes: Iterable[str]) -> list[Rule]:
    """Of the rules for ``unit`` those of the ``codes``, and those about lines that are always asked or report one of
    the objections."""
    of_type = _for_type_of(unit, plan)
    found = {code: plan.by_code[code] for code in codes}
    for rules in (of_type.always, *[of_type.by_objection.get(objection, Rules()) for objection in objections]):
        found.update([(code, rule) for code, rule in rules.items() if rule.about == "line" and not rule.directives])
    return list(found.values())


def _for_type_of(unit: Unit, plan: Plan) -> RulesOfType:
    kind = unit.quadlet or unit.type
    of_type = plan.by_type.get(kind)
    if of_type is None:
        of_type = plan.by_type[kind] = _rules_of_type(kind, plan.rules)
    return of_type


def is_unreadable(unit: Unit) -> bool:
    """True of a unit file in UTF-16."""
    from unitlint.syntax.wide_text import encoding_of_text

    return encoding_of_text(unit.documents[0].text) is not None


def _add_rules_of_directives(chosen: Rules, unit: Unit, of_type: RulesOfType) -> None:
    by_directive = of_type.by_directive
    with_texts = Rules()
    for directive, lines in unit.assignments.items():
        if directive not in by_directive:
            if len(by_directive) > MOST_KEPT:  # as no unit of a person has, but perhaps some of random names
                by_directive.clear()
            by_directive[directive] = _rules_of_directive(of_type, unit.type, *directive)
        found = by_directive[directive]
        if found is None:
            continue
        always, by_value, by_assigned = found
        chosen.update(always)
        if by_assigned:
            with_texts.update(by_assigned)
        if by_value is not None:
            value = lines[0].value if len(lines) == 1 else "\n".join([line.value for line in lines])
            for rules in by_value.found_in(value):
                chosen.update(rules)
    if with_texts:
        assigned = _assigned(unit)
        chosen.update([(code, rule) for code, rule in with_texts.items() if _holds_any(assigned, rule.contains)])


def _holds_any(text: str, parts: Iterable[str]) -> bool:
    for part in parts:  # noqa: SIM110  # any() takes three times as long
        if part in text:
            return True
    return False


def _assigned(unit: Unit) -> str:
    """The lines that assign something, without comments: most units are a third as long."""
    return "\n".join(
        [f"{directive}={line.value}" for (_, directive), lines in unit.assignments.items() for line in lines]
    )


def noting(unit: Unit, plan: Plan, objections: set[str]) -> list[Rule]:
    """The rules about the whole set that take notes of the unit: one of their directives or objections is there."""
    if NOT_UTF8 in objections and is_unreadable(unit):
        return []
    assigned = unit.assignments
    return [
        rule
        for rule, directives in plan.whole
        if not (directives and directives.isdisjoint(assigned))
        and not (rule.objections and objections.isdisjoint(rule.objections))
    ]


def _rules_of_type(unit_type: str, rules: Iterable[Rule]) -> RulesOfType:
    found = RulesOfType({}, {}, {}, {}, SoughtTexts())
    is_generated = unit_type in QUADLET_TYPES
    if is_generated:
        rules = [rule for rule in rules if _suits_quadlet(rule, unit_type)]
    for rule in rules:
        if rule.whole_set or (
            unit_type not in rule.applies_to
            and not is_generated
            and ("all" not in rule.applies_to or unit_type in ALONE)
        ):
            continue
        for name in rule.directives:
            found.by_name.setdefault(name, []).append(rule)
        for objection in rule.objections:
            found.by_objection.setdefault(objection, {})[rule.code] = rule
        if rule.contains and not rule.directives:
            found.by_text.add(rule, rule.contains)
        elif not rule.directives and not rule.objections:
            found.always[rule.code] = rule
    return found


def _rules_of_directive(of_type: RulesOfType, unit_type: str, section: str, directive: str) -> RulesOfDirective | None:
    """The rules that speak of a directive which is assigned in units of this type; None where there are none."""
    rules = of_type.by_name.get(f"{section}.{directive}", [])
    if section == section_of(OWN, unit_type):
        rules = rules + of_type.by_name.get(f"{OWN}.{directive}", [])
    if not rules:
        return None
    always, by_value, by_assigned = Rules(), SoughtTexts(), Rules()
    for rule in rules:
        if rule.value_contains:
            by_value.add(rule, rule.value_contains)
        else:
            (by_assigned if rule.contains else always)[rule.code] = rule
    return RulesOfDirective(always, by_value if by_value.holds_any else None, by_assigned)


def _suits_quadlet(rule: Rule, quadlet: str) -> bool:
    """Whether the rule is asked of services made of Quadlet files of this type."""
    if quadlet in rule.applies_to:
        return True
    if "service" not in rule.applies_to and "all" not in rule.applies_to:
        return False
    return rule.quadlet is None or quadlet in rule.quadlet
