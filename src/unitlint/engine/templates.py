"""Values that hold a placeholder: what may be said of a unit in spite of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unitlint.base.finding import Edit, Finding
from unitlint.rules.model import Hit, Rule
from unitlint.syntax.document import OPAQUE, Assignment
from unitlint.syntax.template import Branches
from unitlint.units.merge import is_list
from unitlint.units.objections import RULES_OF_VALUES
from unitlint.units.placeholders import Unknown, filled, holds_number, is_open, templates_of, with_literal_facts
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context, Predicate
    from unitlint.units.looks import Looks

UNKNOWN = "…"
"""Stands for a placeholder where a person reads it."""


def sure_hits(unit: Unit, rule: Rule, predicate: Predicate, context: Context) -> list[Hit]:
    """What one rule may say of a unit with placeholders, of which less is known.

    All of it, before anything is made of the first hit: a fix looks at values of its own.
    """
    looks = unit.looks
    if looks is None:
        return list(predicate(unit, context))
    if rule.template == "never":
        return []
    looks.forget()
    sure = []
    for hit in predicate(unit, context):
        if _is_sure(unit, looks, rule, hit):
            sure.append(hit)
        else:
            looks.in_doubt.add(rule.code)
    return sure


def _is_sure(unit: Unit, looks: Looks, rule: Rule, hit: Hit) -> bool:
    """True where the rule looked at no unknown value, or only at other items of the list at whose known item it points.

    Nothing is called missing where a placeholder may bring it, nor wrong because something is missing.
    """
    if rule.about == "unit" and looks.missed:
        return False
    looked = looks.values
    if not isinstance(hit.at, Assignment):
        return not looked and not (rule.about == "unit" and is_open(unit))
    places = [hit.at, *[place for place, _ in hit.related if isinstance(place, Assignment)]]
    unknown = {value for value in looked if not value.is_known}
    return (
        unknown.isdisjoint(places)
        and all(_is_item_beside(value, hit.at) for value in unknown)
        and all(value in places or _stands_for_itself(value, hit.at) for value in looked - unknown)
    )


def _stands_for_itself(filled: Assignment, known: Assignment) -> bool:
    """Whether what a value is filled with cannot matter to a finding elsewhere: a path may be any other one's."""
    return filled.directive.startswith("Exec") or _is_item_beside(filled, known)


def _is_item_beside(unknown: Assignment, known: Assignment) -> bool:
    """Whether both are items of the same list, of which each stands for itself."""
    key = (known.section, known.directive)
    return (unknown.section, unknown.directive) == key and is_list("unit", *key)


def shown(finding: Finding) -> Finding:
    """The finding with placeholders as an ellipsis, and with its fix where that only writes other words into lines.

    Where lines may come and go, only a person knows which of them belong together.
    """
    from re import sub

    fix = finding.fix
    if fix is not None and not all(_is_within_line(edit) for edit in fix.edits):
        finding = finding._replace(fix=None, fixable=False)
    if OPAQUE not in finding.message + finding.help:
        return finding
    message, text = (sub(f"{OPAQUE}+", UNKNOWN, words) for words in (finding.message, finding.help))
    return finding._replace(message=message, help=text)


def _is_within_line(edit: Edit) -> bool:
    return bool(edit.old and edit.new) and not set(edit.old + edit.new) & {"\n", "\r", OPAQUE}


PATH = "/xyz/xyz"
OTHER_FILLINGS = ("1234", "xyz", "a b")
"""What holds with each of these and with a path in place of a placeholder, holds whatever it is: a number, words."""
Ask = Callable[[Unit, Iterable[str]], list[Finding]]
"""What the rules of these codes say of a unit, and those that report what was wrong when its lines were read."""
_Key = tuple[str, str, int]


def of_template(found_at: list[tuple[Unit, list[Finding]]], release: int, ask: Ask) -> list[Finding]:
    """The findings about a unit that is made of templates, given at each choice of branches, with all that is sure.

    A choice that leaves nothing of the files makes no unit, and says nothing.
    """
    found_at = [one for one in found_at if any(document.assignments for document in one[0].documents)] or found_at
    joined: list[list[Finding]] = []
    quiet: set[tuple[str, int]] = set()
    """Lines about which nothing was found at an earlier choice, and so nothing holds at all of them."""
    for unit, findings in found_at:
        values = [value for value in with_literal_facts(unit) if (value.path, value.line) not in quiet]
        more = _of_filled(unit, findings, values, release, ask) if values else []
        told = {place for finding in more for place in _places(finding)}
        quiet.update((value.path, value.line) for value in values if (value.path, value.line) not in told)
        joined.append([*findings, *more])
    return join_choices(joined, found_at[0][0])


def _of_filled(unit: Unit, found: list[Finding], values: list[Unknown], release: int, ask: Ask) -> list[Finding]:
    """What is found beyond ``found`` whatever the placeholders in these values are filled with.

    A path comes first: with it least is found, so that the others are seldom asked for. Only rules in doubt are asked
    once more, and those that report what was found when a line was read.
    """
    lines = {(value.path, value.line) for value in values}
    in_doubt = frozenset() if unit.looks is None else frozenset(unit.looks.in_doubt)

    def with_filling(filling: str) -> dict[_Key, Finding]:
        with filled(unit, filling, release):
            return {_key(finding): finding for finding in ask(unit, in_doubt) if not lines.isdisjoint(_places(finding))}

    known = set(map(_key, found))
    held = with_filling(PATH).keys() - known
    more = {key: finding for key, finding in with_filling(OPAQUE).items() if key in held} if held else {}
    numbers = {(value.path, value.line) for value in values if more and holds_number(unit, value, release)}
    for key, finding in list(more.items()):
        if _is_about_part(finding) and (finding.path, finding.line) not in numbers:
            del more[key]
    for filling in OTHER_FILLINGS:
        if more:
            more = {key: more[key] for key in more.keys() & with_filling(filling).keys()}
    return list(more.values())


def _is_about_part(finding: Finding) -> bool:
    """Whether a grammar objects to a word with an unknown part, with which it may be a word that is accepted."""
    if finding.name not in RULES_OF_VALUES:
        return False
    return OPAQUE in finding.message or UNKNOWN in finding.message


def _key(finding: Finding) -> _Key:
    return finding.code, finding.path, finding.line


def choices_of(unit: Unit) -> int:
    """So many choices of branches the unit's templates ask for."""
    return max((template.choices for _, template in templates_of(unit)), default=1)


def join_choices(found: list[list[Finding]], unit: Unit) -> list[Finding]:
    """What holds whichever branches are taken, and what a line of a branch has part in.

    Lines of two blocks may never stand in one unit: each block has a condition of its own.
    """
    inside = {
        (path, line): branches for path, template in templates_of(unit) for line, branches in template.branches.items()
    }
    everywhere = set(found[0]).intersection(*found[1:])
    joined = dict.fromkeys(finding for findings in found for finding in findings)
    kept: list[Finding] = []
    for finding in joined:
        around = [inside[place] for place in _places(finding) if place in inside]
        if (around or finding in everywhere) and not _depends_on_two_blocks(around):
            kept.append(finding)
    return kept


def _depends_on_two_blocks(around: list[Branches]) -> bool:
    longest = max(around, key=len, default=())
    return any(branches != longest[: len(branches)] for branches in around)


def _places(finding: Finding) -> Iterable[tuple[str, int]]:
    return [(finding.path, finding.line), *[(place.path, place.line) for place in finding.related]]
