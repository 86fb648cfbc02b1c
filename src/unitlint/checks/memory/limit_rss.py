"""UL310: LimitRSS=, which Linux does not look at (setrlimit(2))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``infinity`` claims nothing, so nothing is said of it."""
    limit = unit.last(unit.type.capitalize(), "LimitRSS")
    if limit is not None and limit.value != "infinity":
        yield Hit(limit)
