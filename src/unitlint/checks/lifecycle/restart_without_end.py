"""UL604: several restarts a second and no start limit."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole
from unitlint.checks.lifecycle.start_limit import SECOND, start_limit
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

AFTER_ERRORS = ("always", "on-failure")


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Silent where RestartSec= is a second or more, or grows (RestartSteps=)."""
    restart = unit.last("Service", "Restart")
    if (
        restart is None
        or restart.value not in AFTER_ERRORS
        or not is_whole(unit)
        or unit.all("Service", "RestartSteps")
    ):
        return
    limit = start_limit(unit)
    if limit is None or limit.off is None or limit.pause >= SECOND:
        return
    related: list[tuple[Place, str]] = [(restart, "every crash is followed by a restart")]
    if limit.pause_line is not None:
        related.append((limit.pause_line, "this soon after"))
    rate = "at once" if limit.pause == 0 else f"up to {SECOND / limit.pause:.0f} times a second"
    yield Hit(limit.off, {"rate": rate}, tuple(related))
