"""UL271 to UL273: dependencies that systemd refuses or drops (unit.c: unit_load, unit_add_dependency)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import last, load_condition
from unitlint.grammar.unit_name import is_valid
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

JOB_MODES = (("OnFailure", ("OnFailureJobMode", "OnFailureIsolate")), ("OnSuccess", ("OnSuccessJobMode",)))


@load_condition
def isolate_several(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL271: only one unit can be left alone."""
    for directive, mode_names in JOB_MODES:
        mode = _isolating(unit, mode_names, context)
        names = {name: line for line, name, _ in _words(unit, directive) if is_valid(name) or "%" in name}
        if mode is not None and len(names) > 1:
            related: tuple[tuple[Place, str], ...] = tuple((line, name) for name, line in names.items())
            yield Hit(mode, {"directive": directive, "count": len(names)}, related)


@load_condition
def before_device(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL272: Before= a device, also by Unit= of a timer or path, which come before what they start."""
    for line, name, at in _words(unit, "Before"):
        if name.endswith(".device") and is_valid(name):
            yield Hit(line, {"name": name}, span=(at, at + len(name)))
    section = unit.type.capitalize()
    started = last(unit, section, "Unit", context) if section in ("Timer", "Path") else None
    if started is not None and started.value.endswith(".device"):
        yield Hit(started, {"name": started.value})


@load_condition
def on_failure_cannot_fail(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL273: OnFailure= in a unit of a type that never fails."""
    for line, name, at in _words(unit, "OnFailure"):
        yield Hit(line, {"name": name, "type": unit.type}, span=(at, at + len(name)))


def _isolating(unit: Unit, names: tuple[str, ...], context: Context) -> Assignment | None:
    for name in names:
        found = last(unit, "Unit", name, context)
        if found is not None and (found.value == "isolate" or (name.endswith("Isolate") and found.value == "yes")):
            return found
    return None


def _words(unit: Unit, directive: str) -> Iterator[tuple[Assignment, str, int]]:
    """The unit names of a dependency directive, with the place of each."""
    from unitlint.grammar.words import RETAIN_ESCAPE, UNQUOTE, split_words

    for line in unit.assignments.get(("Unit", directive), ()):
        for word in split_words(line.value, flags=UNQUOTE | RETAIN_ESCAPE):
            yield line, word.text, word.start
