"""UL615: no timeout at all for the stop."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import deciding, endless
from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """The later of TimeoutStopSec= and TimeoutSec= decides; a task without ExecStop= has nothing to stop."""
    stop = deciding(unit, "TimeoutStopSec")
    if stop is None or not endless(stop):
        return
    if not unit.all("Service", "ExecStop") and service_type(unit, context.release) == "oneshot":
        return
    yield Hit(stop)
