"""Dependencies that systemd refuses or drops (unit.c: unit_load, unit_add_dependency)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import NAME, expand
from unitlint.values.unit_name import is_unit_name
from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE, split_words

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
    """OnFailure= in a unit of a type that never fails; a word that names no unit is ignored before that."""
    for line, name, span in _words(unit, "OnFailure", context):
        if is_unit_name(name):
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
    about = ValueContext(context.release, "Unit", directive, user_manager=unit.scope == "user", unit_name=unit.name)
    for line in unit.assignments.get(("Unit", directive), ()):
        for word in split_words(line.value, flags=UNQUOTE | RETAIN_ESCAPE):
            yield line, expand(word.text, about, NAME) or word.text, (word.start, word.start + len(word.text))
