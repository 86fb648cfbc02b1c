"""What mounts, automounts and swaps share: the unit's name is that of its path."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import section_place
from unitlint.checks.load.paths import MAX_NAME, has_parent, path_value, unit_name_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def misnamed(unit: Unit, section: str, directive: str, context: Context) -> Iterator[Hit]:
    """A hit where the path of ``directive`` makes another name than the unit has."""
    if "@" in unit.name:
        return  # UL253 says it
    path, line = path_value(unit, section, directive, context)
    if path is None and line is not None:
        return
    if path is not None and has_parent(path, context.release):
        return  # no mount can hold it: loading ends before the name is compared (unit.c: unit_require_mounts_for)
    name = unit_name_of(path, unit.type) if path is not None else None
    if name == unit.name or (name is not None and len(name) > MAX_NAME):
        return
    yield Hit(
        line or section_place(unit, section), {"expected": name or f"one made of its path, ending in .{unit.type}"}
    )
