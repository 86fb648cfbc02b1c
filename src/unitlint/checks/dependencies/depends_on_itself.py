"""UL704: a dependency of a unit on itself (unit.c: unit_add_dependency)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import all_references
from unitlint.finding import Effect
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

SPOKEN_OF = ("After", "Before", "Conflicts", "OnFailure", "OnSuccess")
"""Directives of which systemd says in the log that it drops the dependency; it drops the others in silence."""


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Templates name other instances of themselves, which is no mistake; %n is their own."""
    if unit.name.startswith("*."):
        return
    is_template = unit.name.partition("@")[2].startswith(".")
    for one in all_references(unit):
        if one.name == ("%n" if is_template else unit.name) and one.line.section == "Unit":
            effect: Effect | None = "ignored" if one.line.directive in SPOKEN_OF else None
            yield Hit(one.line, {}, span=one.span, effect=effect)
