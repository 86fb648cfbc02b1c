"""What a rule is, what a predicate is given, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from unitlint.base.finding import Confidence, Effect, Severity, Span
from unitlint.base.json_rows import value_of
from unitlint.base.records import NamedTuple
from unitlint.syntax.document import Assignment, Document
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Place = Assignment | tuple[Document, Span]
"""Where a finding points: an assignment (its value), or any stretch of a document."""


class Hit(NamedTuple):
    """What a predicate yields: the place, and the fields of the rule's message template."""

    at: Place
    fields: Mapping[str, object] = {}  # never written to
    related: tuple[tuple[Place, str], ...] = ()
    effect: Effect | None = None
    span: tuple[int, int] | None = None
    """Offsets into the value of ``at``, where only a part of it is meant."""
    suggestion: str | None = None
    replacement: str | None = None
    """What is meant to stand in place of the part that is pointed at, where that is known."""
    on_name: bool = False
    """True where the caret belongs under the directive's name instead of its value."""


class Context(NamedTuple):
    """What a predicate may know beside the unit."""

    release: int
    options: Mapping[str, Any]
    root: Any = None
    """The root directory (files/root_tree.py) under --root, else None."""
    units: Mapping[str, Unit] = {}  # the other units of the checked set, by name


class RuleDetails(NamedTuple):
    """What a rule asks and says, which takes most of its rule.yaml and is read only where the rule is asked."""

    message: str
    why: str
    how_to_fix: str
    references: tuple[str, ...] = ()
    options: Mapping[str, Any] = {}  # never written to
    match: Any = None
    at: str | None = None
    require: Any = None
    """Conditions of which each has to hold, in place of ``match``."""
    when: Any = None
    """The condition under which ``require`` is asked."""
    title: str = ""
    """What is wrong, as a short sentence for lists and the rule's page."""
    summary: str = ""
    """One line for several findings of severity info; ``{units}`` is their number with the word."""
    message_when_unset: str = ""
    """The message for a finding about what is not assigned."""
    fields: tuple[str, ...] = ()
    """The names in braces of a declarative rule's messages."""
    no_bad_case: str = ""
    """Why the rule's folder holds no bad case."""
    url: str = ""
    """The page about a rule that is not built in, if there is one."""
    caret: str = "item"
    """What a finding of a declarative rule points at: the "item" of a list that is at fault, the whole "value", or
    the "name" of the directive."""
    supersedes_on_line: tuple[str, ...] = ()
    """Codes of rules whose findings on the same line follow from those of this one."""
    supersedes_below: tuple[str, ...] = ()
    """The same for findings on the lines directly below."""
    supersedes_in_unit: tuple[str, ...] = ()
    """The same for findings anywhere in the unit."""
    follows_from: tuple[str, ...] = ()
    """``Section.Directive`` names and sections: where systemd ignores one, a finding of this rule follows from that."""
    at_load: bool = False
    """Whether it is what systemd says of a unit that it has read: values that systemd ignores are not there, and
    units of which it stops reading are not asked."""
    once: bool = False
    """Whether there is one finding at most for a unit, the first one."""


class Rule(NamedTuple):
    """A rule as its rule.yaml describes it: what decides whether it is asked of a unit, and the rest as a text.

    A cold start reads hundreds of rules, of which it asks few.
    """

    code: str
    name: str
    category: str
    severity: Severity
    confidence: Confidence
    profile: str
    applies_to: tuple[str, ...]
    since: int
    until: int | None
    directives: tuple[str, ...]
    """``Section.Directive`` names of which at least one must be assigned, else the rule is not
    asked; empty: asked of every unit of its types."""
    effect: Effect | None = None
    needs_root: bool = False
    """Whether the rule looks into a root directory, so that it is asked under --root only."""
    contains: tuple[str, ...] = ()
    """Texts of which one must stand somewhere in the unit's files, else the rule is not asked."""
    value_contains: tuple[str, ...] = ()
    """Texts of which one must stand in a value of the ``directives``, else the rule is not asked."""
    whole_set: bool = False
    """Whether the rule speaks of the checked set as a whole, so that its predicate is a :class:`WholeSet`."""
    objections: tuple[str, ...] = ()
    """Kinds of mistakes in reading of which one must have been found, else the rule is not asked: those of
    syntax/document.py and units/judged.py."""
    file: str = ""
    """The rule.yaml of a rule that is not built in."""
    check: str = ""
    """``module:function`` of the predicate: below unitlint.checks for a built-in rule, of a plugin for others."""
    fix: str = ""
    """``module:function`` below unitlint.fix that makes the edits; empty for rules that ``--fix`` does not fix."""
    quadlet: tuple[str, ...] | None = None
    """The types of Podman Quadlets whose services the rule is asked of; None for all."""
    template: str = ""
    """"never" for a rule that says nothing about the templates of units."""
    strict_severity: Severity | None = None
    """The severity under the profile ``strict``, where it is another one."""
    about: str = "unit"
    """"line" where each finding is about one line as it stands, "unit" where it is about the effective unit."""
    reports: str = ""
    """"exposure" for the rule about the overall exposure, which the reports of `unitlint security` name as well."""
    kept_details: str = ""
    """The :class:`RuleDetails` as :func:`~unitlint.base.json_rows.text_of` writes them."""

    @property
    def details(self) -> RuleDetails:
        """What the rule asks and says."""
        return _details_of(self.kept_details)

    @property
    def fixable(self) -> bool:
        """Whether ``--fix`` fixes findings of this rule."""
        return self.fix != ""


@cache
def _details_of(text: str) -> RuleDetails:
    return RuleDetails._make(value_of(text))


Predicate = Callable[[Unit, Context], Iterator[Hit]]


class WholeSet(NamedTuple):
    """In place of a predicate: what is noted of each unit, and what follows from all the notes in the end.

    A note is made of tuples, texts and numbers, so that it can come from another process; None notes nothing.
    """

    note: Callable[[Unit], Any]
    conclude: Callable[[list[Any], Callable[[str], Unit]], Iterator[tuple[Unit, Hit]]]
    """Is given the notes, and a function that finds a unit by the path of its fragment."""
    needs_all: bool = False
    """Whether it is about what is not there, so that nothing follows where only some files were named."""
    needs_no_root: bool = False
    """Whether it guesses at what another rule knows where there is a root directory."""


def header_place(unit: Unit, section: str) -> Place | None:
    """The first header of ``section``, or else the first line of the unit's first file."""
    for document in unit.documents:
        for header in document.headers:
            if header.name == section:
                return document, document.line_span(header.line)
    return line_place(unit.documents[0], 1) if unit.documents else None


def line_place(document: Document, line: int) -> tuple[Document, Span]:
    """A whole physical line."""
    return document, document.line_span(line)
