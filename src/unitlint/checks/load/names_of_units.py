"""UL251 to UL253: names under which no file can be loaded (slice.c: slice_verify, scope.c: scope_load)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition, section_place
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TEMPLATES = ("service", "socket", "target", "timer", "path")
"""The types of which there may be templates (unit.c: unit_type_may_template)."""


@load_condition
def slice_name(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL251: every dash divides a parent from a child, so none may stand at an end or beside another."""
    stem = unit.name.rpartition(".")[0]
    if stem == "-" or "" not in stem.split("-") or "@" in stem:
        return
    yield Hit(section_place(unit, "Slice"))


def scope_file(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL252: scopes are made by programs while they run."""
    if unit.has_fragment and not unit.masked and unit.documents:
        yield Hit(section_place(unit, "Scope"))


def template(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL253: a template or an instance of a type that has none."""
    if unit.has_fragment and not unit.masked and unit.documents and "@" in unit.name and unit.type not in TEMPLATES:
        yield Hit(section_place(unit, unit.type.capitalize()), {"type": unit.type})
