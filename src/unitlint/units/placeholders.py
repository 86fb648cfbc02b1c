"""Assignments whose values hold a placeholder of a template: unknown, and noticed when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from re import search, sub

from unitlint.base.whole_numbers import is_whole_number
from unitlint.catalogue import lookup, parser_of
from unitlint.syntax.document import OPAQUE, Assignment, Document, Problem
from unitlint.syntax.lines import split_lines
from unitlint.syntax.reader import decode, read
from unitlint.syntax.template import Template, read_template
from unitlint.syntax.unfilled import PLACEHOLDERS
from unitlint.units.judged import judged
from unitlint.units.looks import Looks, Memo
from unitlint.units.merge import is_list
from unitlint.units.unit import Unit
from unitlint.values.table import PARSERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.files.source import Source


class Unknown(Assignment):
    """An assignment whose value holds a placeholder.  It notes where somebody looks at the value."""

    __slots__ = ("given", "is_known", "looks", "text")

    def __init__(self, known: Assignment) -> None:
        self.text = known.value
        self.looks: Looks | None = None
        self.is_known = False
        self.given = ""
        """The lines of a plain file, as they stand there; empty in a template, whose placeholders are filled in."""
        super().__init__(known.document, known.section, known.directive, self.text, known.line, known.end_line)

    @property
    def value(self) -> str:
        """The value, with OPAQUE for what is not known."""
        if self.looks is not None:
            self.looks.add(self)
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.text = text


class _Open(dict[tuple[str, str], tuple[Assignment, ...]]):
    """What is assigned in a unit to which placeholders may add.  It notes where somebody looks for what is missing."""

    def __init__(self, assigned: dict[tuple[str, str], tuple[Assignment, ...]], looks: Looks) -> None:
        super().__init__(assigned)
        self._looks = looks

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        """As of any mapping."""
        found = dict.get(self, key)
        if not found:
            self._looks.miss()
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        found = dict.__contains__(self, key)
        if not found:
            self._looks.miss()
        return found


def read_source(source: Source, sections: frozenset[str] | None, choice: int) -> Document:
    """The document of a template, at one choice of its branches."""
    is_part = source.template == "part"
    template = read_template(decode(source.data or b""), "jinja" if is_part else source.template, choice)
    document = read(template.text, source.path, sections)
    if is_part:
        template = template._replace(is_open=True)
        document.problems = [problem for problem in document.problems if problem.kind != "assignment-outside-section"]
    document.template = template
    document.assignments = [
        Unknown(assignment) if OPAQUE in assignment.value else assignment for assignment in document.assignments
    ]
    document.problems = [problem for problem in document.problems if OPAQUE not in problem.text]
    if source.template in PLACEHOLDERS:
        lines = split_lines(decode(source.data or b""))
        for assignment in document.assignments:
            if isinstance(assignment, Unknown):
                assignment.given = "\n".join(lines[assignment.line - 1 : assignment.end_line])
        document.problems += _unfilled(document, PLACEHOLDERS[source.template])
    return document


def _has_literal_facts(assignment: Assignment) -> bool:
    """Whether words around the placeholders say something: of a command its program has to be one of them.

    An item of a list that is nothing but a placeholder may be any, and the list may say anything then.
    """
    words = (assignment.text if isinstance(assignment, Unknown) else assignment.value).split()
    if assignment.directive.startswith("Exec"):
        return OPAQUE not in words[0].rpartition("/")[2]
    literal = [bool(word.strip(f"{OPAQUE}\"'")) for word in words]
    return all(literal) if is_list("unit", assignment.section, assignment.directive) else any(literal)


def with_literal_facts(unit: Unit) -> list[Unknown]:
    """The values of the unit that hold literal words beside a placeholder."""
    return [value for value in _unknown(unit) if _has_literal_facts(value)]


def holds_number(unit: Unit, value: Unknown, release: int) -> bool:
    """Whether the directive takes a number, size or time, so that a number is all that a placeholder can be."""
    entry = lookup(unit.catalogue_kind, value.section, value.directive)
    parser = None if entry is None else parser_of(entry, release)
    return PARSERS.get(parser or "", "").startswith(_OF_NUMBERS) or parser in _QUADLET_NUMBERS


_OF_NUMBERS = ("unitlint.values.numbers:", "unitlint.values.size:", "unitlint.values.timespan:")
_QUADLET_NUMBERS = ("quadlet-number", "quadlet-size", "quadlet-duration")


def _unknown(unit: Unit) -> list[Unknown]:
    return [value for document in unit.documents for value in document.assignments if isinstance(value, Unknown)]


@contextmanager
def filled(unit: Unit, filling: str, release: int) -> Iterator[None]:
    """Within it the values with literal words are known, with ``filling`` in place of each placeholder.

    OPAQUE itself leaves the columns as they are. What is merged stays as it is, whatever the values say now.
    """
    kept = unit.memo, unit.looks, unit.effective
    unknown = _unknown(unit)
    values = list(filter(_has_literal_facts, unknown))
    texts = [value.text for value in values]
    for value in values:
        value.is_known = True
        value.text = value.text if filling == OPAQUE else _with(filling, value.text)
    for value in unknown:
        value.looks = None
    unit.memo = {}
    judged(unit, release)
    watch(unit)
    try:
        yield
    finally:
        unit.memo, unit.looks, unit.effective = kept
        for value, text in zip(values, texts, strict=True):
            value.is_known, value.text = False, text
        for value in unknown:
            value.looks = unit.looks


def _with(filling: str, text: str) -> str:
    """``text`` with the filling in place of each placeholder; of a number that goes on around it, it is one digit."""
    if is_whole_number(filling):
        text = sub(f"(?<=[0-9]){OPAQUE}+|{OPAQUE}+(?=[0-9])", filling[-1], text)
    return sub(f"{OPAQUE}+", filling, text)


def _unfilled(document: Document, form: str) -> list[Problem]:
    """One for the first placeholder of a file, which stands for all of them; its text is the placeholder."""
    for assignment in document.assignments:
        if isinstance(assignment, Unknown):
            found = search(form, assignment.given)
            if found is not None:
                return [Problem("unfilled-placeholder", assignment.line, assignment.line, found[0])]
    return []


def watch(unit: Unit) -> None:
    """Has the unit note from now on all looks at its unknown values."""
    unit.looks = looks = Looks()
    unit.memo = Memo(unit.memo, looks)
    if is_open(unit):
        unit.effective = _Open(unit.effective, looks)
    for value in _unknown(unit):
        value.looks = looks


def is_open(unit: Unit) -> bool:
    """Whether a placeholder may bring assignments of its own, so that nothing can be called missing."""
    return any(template.is_open for _, template in templates_of(unit))


def write_placeholders(unit: Unit) -> None:
    """Has what is unknown read as an ellipsis, for those who show the unit."""
    for document in unit.documents:
        for assignment in document.assignments:
            if isinstance(assignment, Unknown):
                assignment.text = sub(f"{OPAQUE}+", "…", assignment.text)


def templates_of(unit: Unit) -> list[tuple[str, Template]]:
    """The templates among the unit's files, each with its path."""
    return [(document.path, document.template) for document in unit.documents if document.template is not None]
