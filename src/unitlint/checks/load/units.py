"""Dependencies that systemd refuses or drops (unit.c: unit_load, unit_add_dependency)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.load.condition import given, load_condition, section_place
from unitlint.checks.load.paths import has_parent, path_value, unit_name_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.merge import TRIGGERS
from unitlint.units.unit import Unit
from unitlint.values.faults import is_too_long
from unitlint.values.mount_names import MAX_NAME
from unitlint.values.names import TEMPLATES
from unitlint.values.numbers import parse_integer
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import NAME, expand
from unitlint.values.unit_name import is_unit_name

JOB_MODES = (("OnFailure", ("OnFailureJobMode", "OnFailureIsolate")), ("OnSuccess", ("OnSuccessJobMode",)))


@load_condition
def isolate_several(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only one unit can be left alone."""
    for directive, mode_names in JOB_MODES:
        mode = _isolating(unit, mode_names, context)
        names = {name: line for line, name, _ in _words(unit, directive, context) if is_unit_name(name)}
        if mode is not None and len(names) > 1:
            related: tuple[tuple[Place, str], ...] = tuple((line, name) for name, line in names.items())
            yield Hit(mode, {"directive": directive, "count": len(names)}, related)


@load_condition
def before_device(unit: Unit, context: Context) -> Iterator[Hit]:
    """Before= a device, also by Unit= of a timer or path, which come before what they start."""
    for line, name, span in _words(unit, "Before", context):
        if name.endswith(".device") and is_unit_name(name):
            yield Hit(line, {"name": name}, span=span)
    section = unit.type.capitalize()
    started = unit.last(section, "Unit") if section in ("Timer", "Path") else None
    if started is not None and started.value.endswith(".device"):
        yield Hit(started, {"name": started.value})


@load_condition
def on_failure_cannot_fail(unit: Unit, context: Context) -> Iterator[Hit]:
    """OnFailure= in a unit of a type that never fails."""
    for line, name, span in _words(unit, "OnFailure", context):
        yield Hit(line, {"name": name, "type": unit.type}, span=span)


def _isolating(unit: Unit, names: tuple[str, ...], context: Context) -> Assignment | None:
    for name in names:
        found = unit.last("Unit", name)
        isolates = unit.is_on("Unit", name) if name.endswith("Isolate") else unit.value("Unit", name) == "isolate"
        if isolates:
            return found
    return None


def _words(unit: Unit, directive: str, context: Context) -> Iterator[tuple[Assignment, str, tuple[int, int]]]:
    """The words of a dependency directive with their specifiers filled in, and the place of each; what cannot be
    filled in is as it stands."""
    from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE, split_words

    about = ValueContext(context.release, "Unit", directive, user_manager=unit.scope == "user", unit_name=unit.name)
    for line in unit.assignments.get(("Unit", directive), ()):
        for word in split_words(line.value, flags=UNQUOTE | RETAIN_ESCAPE):
            yield line, expand(word.text, about, NAME) or word.text, (word.start, word.start + len(word.text))


_HASHED = late_pattern(r"_[0-9a-f]{16}\.")
"""How the names of units end whose path is too long for one, since 251 (unit-name.c: unit_name_hash_long)."""
_RELATIVE = late_pattern(r"%[HlmbvqugGUw]")
"""Specifiers of the host that never begin with a slash, and are never empty."""


def misnamed(unit: Unit, section: str, directive: str, context: Context) -> Iterator[Hit]:
    """A hit where the path of ``directive`` makes another name than the unit has."""
    if "@" in unit.name:
        return  # template-impossible says it
    path, line = path_value(unit, section, directive, context)
    if path is None and line is not None and (section != "Swap" or not _RELATIVE.match(line.value)):
        return
    if path is not None and (has_parent(path, context.release) or is_too_long(path, context.release)):
        return  # no mount can hold it: loading ends before the name is compared (unit.c: unit_require_mounts_for)
    name = unit_name_of(path, unit.type) if path is not None else None
    if name == unit.name or (name is not None and len(name) > MAX_NAME and _HASHED.search(unit.name)):
        return
    yield Hit(
        line or section_place(unit, section), {"expected": name or f"one made of its path, ending in .{unit.type}"}
    )


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
