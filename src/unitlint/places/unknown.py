"""Values that hold a placeholder: what may be said of a unit in spite of them."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.finding import Edit, Finding
from unitlint.places.template import OPAQUE, Template, read_template
from unitlint.rules.as_read import FIRST_OF_WHOLE_UNITS
from unitlint.rules.model import Hit, Rule
from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.reader import decode, read
from unitlint.units.merge import is_list
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.files.source import Source


_ABOUT_OWN_NAME = frozenset(("UL241", "UL704"))
"""Rules that compare a value with the unit's own name, which may be another one when the template was filled in."""


class Unknown(Assignment):
    """An assignment whose value holds a placeholder.  It notes where somebody looks at the value."""

    __slots__ = ("looked_at", "text")

    def __init__(self, known: Assignment) -> None:
        self.text = known.value
        self.looked_at: set[Unknown] = set()
        super().__init__(known.document, known.section, known.directive, known.value, known.line, known.end_line)

    @property
    def value(self) -> str:
        """The value, with OPAQUE for what is not known."""
        self.looked_at.add(self)
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.text = text


class _Open(dict[tuple[str, str], tuple[Assignment, ...]]):
    """What is assigned in a unit to which placeholders may add.  It notes where somebody looks for what is missing."""

    missed = False

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        """As of any mapping."""
        found = super().get(key)
        if not found:
            self.missed = True
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key)
        self.missed = self.missed or not found
        return found


def read_source(source: Source, sections: frozenset[str] | None, choice: int) -> Document:
    """The document of a template, at one choice of its branches."""
    is_part = source.template == "part"
    template = read_template(decode(source.data or b""), "jinja" if is_part else source.template, choice)
    document = read(template.text, source.path, sections)
    if is_part:
        template = template._replace(is_open=True)
        document.problems = [one for one in document.problems if one.kind != "assignment-outside-section"]
    document.template = template
    document.assignments = [Unknown(one) if OPAQUE in one.value else one for one in document.assignments]
    document.problems = [one for one in document.problems if OPAQUE not in one.text]
    return document


def watch(unit: Unit) -> None:
    """Makes all looks at the unknown values of a unit known to the unit."""
    unit.looked_at = set()
    if any(one.is_open for _, one in _templates(unit)):
        unit.effective = _Open(unit.effective)
    for document in unit.documents:
        for one in document.assignments:
            if isinstance(one, Unknown):
                one.looked_at = unit.looked_at


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
    if rule.code >= FIRST_OF_WHOLE_UNITS and isinstance(unit.effective, _Open) and unit.effective.missed:
        return False
    if rule.code in _ABOUT_OWN_NAME and any(_templates(unit)):
        return False
    if not isinstance(hit.at, Assignment):
        if rule.code >= FIRST_OF_WHOLE_UNITS and any(one.is_open for _, one in _templates(unit)):
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


def write_placeholders(unit: Unit) -> None:
    """Has what is unknown read as an ellipsis, for those who show the unit."""
    from re import sub

    for document in unit.documents:
        for one in document.assignments:
            if isinstance(one, Unknown):
                one.text = sub(f"{OPAQUE}+", "…", one.text)


def _is_within_line(edit: Edit) -> bool:
    return bool(edit.old and edit.new) and not set(edit.old + edit.new) & {"\n", "\r", OPAQUE}


def _templates(unit: Unit) -> list[tuple[str, Template]]:
    return [(one.path, one.template) for one in unit.documents if one.template is not None]


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
