"""UL704: a dependency of a unit on itself (unit.c: unit_add_dependency)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import all_references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Templates name other instances of themselves, which is no mistake."""
    if unit.name.partition("@")[2].startswith(".") or unit.name.startswith("*."):
        return
    for one in all_references(unit):
        if one.name == unit.name and one.line.section == "Unit":
            yield Hit(one.line, {}, span=one.span)
