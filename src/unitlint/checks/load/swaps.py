"""UL248: a swap unit whose name is not that of its What= (swap.c: swap_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.checks.load.names import misnamed
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the What=, or at the section where the name is that of no path."""
    yield from misnamed(unit, "Swap", "What", context)
