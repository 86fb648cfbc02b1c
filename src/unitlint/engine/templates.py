"""Values that hold a placeholder: what may be said of a unit in spite of them."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.finding import Edit, Finding
from unitlint.rules.model import Hit, Rule
from unitlint.syntax.document import Assignment
from unitlint.syntax.template import OPAQUE
from unitlint.units.merge import is_list
from unitlint.units.placeholders import _Open, _templates
from unitlint.units.unit import Unit


def look_anew(unit: Unit, release: int) -> None:
    """Before a rule is asked: it has looked at nothing, and finds nothing that other rules have worked out."""
    kept = unit.memo.get(release)
    unit.memo.clear()
    if kept is not None:
        unit.memo[release] = kept
    if unit.looked_at:
        unit.looked_at.clear()
    if isinstance(unit.effective, _Open):
        unit.effective.missed = False


def may_say(unit: Unit, rule: Rule, hit: Hit) -> bool:
    """Whether a hit stands whatever the placeholders are.

    It does where the rule looked at no unknown value, or only at other items of the list at whose known item it
    points.  Nothing is called missing where a placeholder may bring it, nor wrong because something is missing.
    """
    if rule.about == "unit" and isinstance(unit.effective, _Open) and unit.effective.missed:
        return False
    if rule.template == "never" and any(_templates(unit)):
        return False
    if not isinstance(hit.at, Assignment):
        if rule.about == "unit" and any(one.is_open for _, one in _templates(unit)):
            return False
        return not unit.looked_at
    if hit.at in (unit.looked_at or ()):
        return False
    places = [hit.at, *[place for place, _ in hit.related]]
    if any(place in (unit.looked_at or ()) for place in places if isinstance(place, Assignment)):
        return False
    key = (hit.at.section, hit.at.directive)
    return all((one.section, one.directive) == key and is_list("unit", *key) for one in unit.looked_at or ())


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
    return max((one.choices for _, one in _templates(unit)), default=1)


def join_choices(found: list[list[Finding]], unit: Unit) -> list[Finding]:
    """What holds whichever branches are taken, and what a line of a branch has part in."""
    inside = {(path, line) for path, one in _templates(unit) for line in one.branch_lines}
    everywhere = set(found[0]).intersection(*found[1:])
    joined = dict.fromkeys(one for findings in found for one in findings)
    return [one for one in joined if one in everywhere or not inside.isdisjoint(_places(one))]


def _places(finding: Finding) -> Iterable[tuple[str, int]]:
    return [(finding.path, finding.line), *[(one.path, one.line) for one in finding.related]]
