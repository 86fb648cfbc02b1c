"""UL712: Persistent= on a timer without OnCalendar= (timer.c: timer_setup_persistent)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Silent for drop-ins alone."""
    line = unit.last("Timer", "Persistent")
    if line is not None and unit.has_fragment and boolean(line.value) is True and not unit.all("Timer", "OnCalendar"):
        yield Hit(line)
