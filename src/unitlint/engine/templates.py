"""Values that hold a placeholder: what may be said of a unit in spite of them."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.finding import Edit, Finding
from unitlint.rules.model import Hit, Rule
from unitlint.syntax.document import Assignment
from unitlint.syntax.template import OPAQUE
from unitlint.units.merge import is_list
from unitlint.units.placeholders import is_open, templates_of
from unitlint.units.unit import Unit


def may_say(unit: Unit, rule: Rule, hit: Hit) -> bool:
    """Whether a hit stands whatever the placeholders are.

    It does where the rule looked at no unknown value, or only at other items of the list at whose known item it
    points.  Nothing is called missing where a placeholder may bring it, nor wrong because something is missing.
    """
    looks = unit.looks
    if looks is None:
        return True
    if rule.template == "never" or (rule.about == "unit" and looks.missed):
        return False
    unknown = looks.values
    if not isinstance(hit.at, Assignment):
        return not unknown and not (rule.about == "unit" and is_open(unit))
    places = [hit.at, *[place for place, _ in hit.related if isinstance(place, Assignment)]]
    return unknown.isdisjoint(places) and all(_is_item_beside(value, hit.at) for value in unknown)


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
    message, text = (sub(f"{OPAQUE}+", "…", words) for words in (finding.message, finding.help))
    return finding._replace(message=message, help=text)


def _is_within_line(edit: Edit) -> bool:
    return bool(edit.old and edit.new) and not set(edit.old + edit.new) & {"\n", "\r", OPAQUE}


def choices_of(unit: Unit) -> int:
    """So many choices of branches the unit's templates ask for."""
    return max((template.choices for _, template in templates_of(unit)), default=1)


def join_choices(found: list[list[Finding]], unit: Unit) -> list[Finding]:
    """What holds whichever branches are taken, and what a line of a branch has part in."""
    inside = {(path, line) for path, template in templates_of(unit) for line in template.branch_lines}
    everywhere = set(found[0]).intersection(*found[1:])
    joined = dict.fromkeys(finding for findings in found for finding in findings)
    return [finding for finding in joined if finding in everywhere or not inside.isdisjoint(_places(finding))]


def _places(finding: Finding) -> Iterable[tuple[str, int]]:
    return [(finding.path, finding.line), *[(place.path, place.line) for place in finding.related]]
