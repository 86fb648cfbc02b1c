"""UL305: a process that the OOM killer is told to spare, and that may take all memory."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import memory_limit
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import integer
from unitlint.units.unit import Unit

EXTREME = -900
"""From here on UL304 speaks."""


def oom_score_negative_without_limit(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for drop-ins alone: the limit may stand in the unit they belong to."""
    adjust = unit.last("Service", "OOMScoreAdjust")
    if adjust is None or not unit.has_fragment or unit.masked:
        return
    score = integer(adjust.value)
    if score is None or not EXTREME < score <= int(context.options.get("threshold", -300)):
        return
    if memory_limit(unit, context.units) is None:
        yield Hit(adjust, {"value": adjust.value})
