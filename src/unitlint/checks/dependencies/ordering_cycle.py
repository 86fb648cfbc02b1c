"""UL705: units of which each is ordered before the next, and the last before the first."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.order_graph import cycles_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the first line of each cycle, with all others as related places."""
    for cycle in cycles_of(unit, context.units):
        names = [edge.before for edge in cycle.edges]
        related: tuple[tuple[Place, str], ...] = tuple(
            (edge.at, f"{edge.before} before {edge.after}: {edge.reason}")
            for edge in cycle.edges[1:]
            if edge.at is not None
        )
        at = cycle.edges[0].at
        if at is not None:
            yield Hit(at, {"cycle": " → ".join([*names, names[0]])}, related)
