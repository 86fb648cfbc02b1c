"""Timers and paths whose service is not among the units that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.base.likeness import one_slip_away
from unitlint.checks.dependencies.activation import started_by
from unitlint.checks.dependencies.misspelt import is_known_name
from unitlint.checks.references import references, tree_of
from unitlint.files.names import template_of
from unitlint.rules.model import Hit, Place, WholeSet, header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    ActivatorNote = tuple[str, str, str, tuple[str, ...]]

TYPES = ("timer", "path")
MANY = 3
"""So many services in one place are the project's own, rather than a patch to what a package brings."""


def note(unit: Unit) -> ActivatorNote | None:
    """Tree, path of a timer or path unit, the service that it starts, and the names of a service."""
    if not unit.has_fragment or unit.masked or unit.generated:
        return None
    tree = f"{unit.scope}:{tree_of(unit.path)}"
    if unit.type == "service":
        return tree, "", "", (unit.name, *unit.aliases)
    if unit.type not in TYPES or "@" in unit.name:
        return None
    return tree, unit.path, started_by(unit), ()


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """Of trees in which another timer or path has its service, or that hold many services."""
    trees: dict[str, list[ActivatorNote]] = {}
    everywhere: set[str] = set()
    for tree, path, started, names in notes:
        trees.setdefault(tree, []).append((tree, path, started, names))
        everywhere.update(names)
    for members in trees.values():
        services = {name for *_, names in members for name in names}
        pairs = sum(started in services for *_, started, _ in members)
        if not pairs and len(services) < MANY:
            continue
        for _, path, started, _ in members:
            is_service = path and started.endswith(".service")
            if is_service and _is_missing(started, everywhere) and not _is_misspelt(started, services):
                unit = unit_at(path)
                named = references(unit, "Unit", section=unit.type.capitalize())
                at: Place | None = named[-1].line if named else header_place(unit, unit.type.capitalize())
                if at is not None:
                    yield unit, Hit(at, {"name": started, "type": unit.type})


def _is_missing(name: str, everywhere: set[str]) -> bool:
    form = template_of(name) or name
    return "%" not in name and not {name, form} & everywhere and not is_known_name(form)


def _is_misspelt(name: str, services: set[str]) -> bool:
    """Whether UL730 names the unit that is meant."""
    return bool(one_slip_away(name.removesuffix(".service"), ".service", services))


RULE = WholeSet(note, conclude, needs_all=True, needs_no_root=True)
