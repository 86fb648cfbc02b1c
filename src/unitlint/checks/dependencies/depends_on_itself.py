"""UL704: a dependency of a unit on itself (unit.c: unit_add_dependency)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

DIRECTIVES = (
    "After", "Before", "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "Conflicts", "OnFailure",
    "OnSuccess",
)  # fmt: skip


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Templates name other instances of themselves, which is no mistake."""
    if unit.name.partition("@")[2].startswith(".") or unit.name.startswith("*."):
        return
    for one in references(unit, *DIRECTIVES):
        if one.name == unit.name:
            yield Hit(one.line, {}, span=one.span)
