"""Assignments whose values hold a placeholder of a template: unknown, and noticed when somebody looks at them."""

from __future__ import annotations

from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.reader import decode, read
from unitlint.syntax.template import OPAQUE, Template, read_template
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.files.source import Source


class Unknown(Assignment):
    """An assignment whose value holds a placeholder.  It notes where somebody looks at the value."""

    __slots__ = ("looked_at", "text")

    def __init__(self, known: Assignment) -> None:
        self.text = known.value
        self.looked_at: set[Assignment] = set()
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


def write_placeholders(unit: Unit) -> None:
    """Has what is unknown read as an ellipsis, for those who show the unit."""
    from re import sub

    for document in unit.documents:
        for one in document.assignments:
            if isinstance(one, Unknown):
                one.text = sub(f"{OPAQUE}+", "…", one.text)


def _templates(unit: Unit) -> list[tuple[str, Template]]:
    return [(one.path, one.template) for one in unit.documents if one.template is not None]
