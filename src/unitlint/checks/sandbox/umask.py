"""UL439: files that everybody may write."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

OTHERS_WRITE = 0o002


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The mask is read as an octal number, whatever its form."""
    section = unit.type.capitalize() if unit.type != "service" else SECTION
    line = unit.last(section, "UMask")
    if line is None or not line.value or any(char not in "01234567" for char in line.value):
        return
    mask = int(line.value, 8)
    if not mask & OTHERS_WRITE:
        yield Hit(line, {"mode": f"{0o666 & ~mask:o}", "folders": f"{0o777 & ~mask:o}"})
