"""UL907, UL909, UL910 and UL913: the files themselves, whatever stands in them (stat-util.c: stat_warn_permissions)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.places import line_place
from unitlint.units.unit import Unit

ALL = 0o777
"""What file systems that know no modes show of every file."""


def executable(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL909: any of the three bits."""
    yield from _with_bits(unit, context, 0o111)


def writable_by_all(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL910: the bit for others."""
    yield from _with_bits(unit, context, 0o002)


def _with_bits(unit: Unit, context: Context, bits: int) -> Iterator[Hit]:
    for document in unit.documents:
        if document.mode & bits and (document.mode != ALL or context.root is not None):
            yield Hit(line_place(document, 1), {"mode": f"{document.mode:04o}"})


def unreadable(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL913: systemd warns unless group and others may read."""
    for document in unit.documents:
        if document.mode and document.mode & 0o044 != 0o044:
            yield Hit(line_place(document, 1), {"mode": f"{document.mode:04o}"})


def shadowed(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL907: one unit file takes the place of another; a mask is meant to."""
    if unit.has_fragment and not unit.masked and unit.documents:
        yield Hit(line_place(unit.documents[0], 1), {"unit": unit.name, "other": " and ".join(unit.shadowed)})
