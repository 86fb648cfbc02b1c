"""UL713 and UL714: units of the user manager that name units of the system manager."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.known_units import system_units, user_units
from unitlint.checks.dependencies.names import REQUIRING, Reference, neighbour, references
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


def wanted_by_system_target(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL713: in [Install]."""
    if unit.scope != "user":
        return
    for directive in ("WantedBy", "RequiredBy"):
        for one in references(unit, directive, section="Install"):
            if _is_of_the_system(unit, one.name, context):
                yield Hit(one.line, {"name": one.name}, span=one.span)


def depends_on_system_unit(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL714: in [Unit]."""
    if unit.scope != "user":
        return
    lines: dict[str, list[Reference]] = {}
    for one in references(unit, *REQUIRING, "After", "Wants", "PartOf"):
        if _is_of_the_system(unit, one.name, context):
            lines.setdefault(one.name, []).append(one)
    for name, (first, *others) in lines.items():
        needed = first.line.directive in REQUIRING
        outcome = "keeps this unit from starting" if needed else "does nothing"
        related: tuple[tuple[Place, str], ...] = tuple(
            (one.line, f"{one.line.directive}= does nothing") for one in others
        )
        yield Hit(first.line, {"name": name, "outcome": outcome}, related, span=first.span)


def _is_of_the_system(unit: Unit, name: str, context: Context) -> bool:
    """Targets alone: services and sockets of the same name are often there for users too."""
    if not name.endswith(".target") or name not in system_units() or name in user_units():
        return False
    return neighbour(unit, name, context) is None
