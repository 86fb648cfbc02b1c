"""What systemd asks of a unit's name and of its own section when it loads it (unit.c: unit_load)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import given, load_condition, section_place
from unitlint.rules.model import Context, Hit
from unitlint.units.merge import TRIGGERS
from unitlint.units.unit import Unit
from unitlint.values.numbers import parse_integer
from unitlint.values.unit_name import TEMPLATES


@load_condition
def slice_name(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Every dash divides a parent from a child, so none may stand at an end or beside another."""
    stem = unit.name.rpartition(".")[0]
    if stem == "-" or "" not in stem.split("-") or "@" in stem:
        return
    yield Hit(section_place(unit, "Slice"))


def scope_file(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Scopes are made by programs while they run."""
    if unit.has_fragment and not unit.masked and unit.documents:
        yield Hit(section_place(unit, "Scope"))


def template(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A template or an instance of a type that has none."""
    if unit.has_fragment and not unit.masked and unit.documents and "@" in unit.name and unit.type not in TEMPLATES:
        yield Hit(section_place(unit, unit.type.capitalize()), {"type": unit.type})


CHANGES = ("OnClockChange", "OnTimezoneChange")
PATHS = ("PathExists", "PathExistsGlob", "PathChanged", "PathModified", "DirectoryNotEmpty")


@load_condition
def timer_without_trigger(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the trigger that was taken back or ignored, else at the section."""
    if any(unit.all("Timer", directive) for directive in TRIGGERS):
        return
    if any(unit.is_on("Timer", directive) for directive in CHANGES):
        return
    yield Hit(given(unit, "Timer", *TRIGGERS, *CHANGES) or section_place(unit, "Timer"), on_name=True)


@load_condition
def path_without_condition(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the path that was taken back or ignored, else at the section."""
    if any(unit.all("Path", directive) for directive in PATHS):
        return
    yield Hit(given(unit, "Path", *PATHS) or section_place(unit, "Path"), on_name=True)


def trigger_unit_twice(unit: Unit, context: Context) -> Iterator[Hit]:
    """A second Unit=, whichever way it came; the first stays (load-fragment.c: config_parse_trigger_unit)."""
    section = unit.type.capitalize()
    first = None
    for assignment in unit.assignments.get((section, "Unit"), ()):
        if first is not None:
            yield Hit(assignment, {"first": first.value}, ((first, "this one takes effect"),))
        elif assignment.value and unit.accepts(assignment):
            first = assignment


REAL_TIME = ("fifo", "rr", "1", "2")
"""The policies with priorities from 1 to 99; the others have 0 alone."""


def scheduling_priority(unit: Unit, context: Context) -> Iterator[Hit]:
    """Every priority that the policy above it does not have; silent for drop-ins alone."""
    if not unit.has_fragment:
        return
    section = unit.type.capitalize()
    policy = None
    for document in unit.documents:
        for assignment in document.assignments:
            if assignment.section != section or not unit.accepts(assignment):
                continue
            if assignment.directive == "CPUSchedulingPolicy":
                policy = assignment if assignment.value else None
            elif assignment.directive == "CPUSchedulingPriority":
                real_time = policy is not None and policy.value in REAL_TIME
                number = parse_integer(assignment.value)
                if number is not None and (number > 0) != real_time:
                    name = policy.value if policy is not None else "other"
                    related = ((policy, "the policy is set here"),) if policy is not None else ()
                    yield Hit(assignment, {"policy": name}, related)
