"""UL705: units of which each is ordered before the next, and the last before the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.checks.dependencies.names import references
from unitlint.checks.dependencies.order_graph import SHIPPED, cycles
from unitlint.checks.dependencies.order_notes import BY_DEFAULT, STARTS, Edge, Note, note
from unitlint.rules.model import Hit, Place, WholeSet
from unitlint.rules.places import header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REASONS = {
    "After": "After={other}",
    "Before": "Before={other}",
    STARTS: "a {type} comes before the unit it starts",
    BY_DEFAULT: "by default, as DefaultDependencies=no is not set",
    "Wants": "a target waits for what it pulls in (Wants={other})",
    "Requires": "a target waits for what it pulls in (Requires={other})",
    "WantedBy": "once enabled, {other} waits for it (WantedBy=)",
    "RequiredBy": "once enabled, {other} waits for it (RequiredBy=)",
}


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the first line of each cycle, with all others as related places."""
    for cycle in cycles(Note(*one) for one in notes):
        names = [edge.before for edge in cycle]
        related: list[tuple[Place, str]] = []
        for edge in cycle[1:]:
            if edge.why != SHIPPED:
                unit = unit_at(edge.path)
                at = _place(edge, unit)
                if at is not None:
                    related.append((at, f"{edge.before} before {edge.after}: {_reason(edge, unit)}"))
        unit = unit_at(cycle[0].path)
        at = _place(cycle[0], unit)
        if at is not None:
            yield unit, Hit(at, {"cycle": " → ".join([*names, names[0]])}, tuple(related))


def _place(edge: Edge, unit: Unit) -> Place | None:
    """The line, or the section in which a default could be switched off."""
    section = "Install" if edge.why in ("WantedBy", "RequiredBy") else "Unit"
    other = _other(edge, unit)
    lines = (one.line for one in references(unit, edge.why, section=section) if one.name == other)
    return next(lines, None) or header_place(unit, "Unit")


def _reason(edge: Edge, unit: Unit) -> str:
    return REASONS[edge.why].format(other=_other(edge, unit), type=unit.type)


def _other(edge: Edge, unit: Unit) -> str:
    return edge.before if edge.after == unit.name else edge.after


RULE = WholeSet(note, conclude)
