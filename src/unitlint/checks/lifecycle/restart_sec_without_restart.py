"""UL603: a pause before restarts that never happen."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_whole, restarts
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

PAUSES = ("RestartSec", "RestartSteps", "RestartMaxDelaySec")


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a service, at the first of the directives that are set."""
    if not is_whole(unit) or restarts(unit) or unit.all("Service", "RestartForceExitStatus"):
        return
    off = unit.last("Service", "Restart")
    related: tuple[tuple[Place, str], ...] = () if off is None else ((off, "restarts are switched off here"),)
    pause = next((found for name in PAUSES if (found := unit.last("Service", name))), None)
    if pause is not None:
        yield Hit(pause, {"fate": "not set" if off is None else "no"}, related, on_name=True)
