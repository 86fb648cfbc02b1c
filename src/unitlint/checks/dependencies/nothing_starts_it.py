"""UL733: a service that nobody in the checked set starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.checks.dependencies.known_units import system_units, user_units
from unitlint.checks.dependencies.names import all_references, references, stem_of
from unitlint.grammar.words import split_words
from unitlint.rules.model import Hit, WholeSet
from unitlint.rules.places import header_place
from unitlint.units.names import template_of
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ACTIVATORS = {"timer": "Unit", "path": "Unit", "socket": "Service"}


def note(unit: Unit) -> tuple[str, str, tuple[str, ...]] | None:
    """(path, name) of a service that does not say who starts it, and the names that a unit brings up."""
    names = [one.name for one in all_references(unit)]
    if unit.type in ACTIVATORS:
        section = unit.type.capitalize()
        names += [one.name for one in references(unit, ACTIVATORS[unit.type], section=section)]
        names += [f"{stem_of(unit.name)}.service", f"{stem_of(unit.name)}@.service"]
    names += [word.text for line in unit.all("Install", "Also") for word in split_words(line.value)]
    waits = (
        unit.type == "service" and unit.has_fragment and not unit.masked and _is_a_daemon(unit) and not _says_who(unit)
    )
    if not waits and not names:
        return None
    started = {name for one in names for name in (one, template_of(one)) if name}
    return (unit.path if waits else ""), unit.name, tuple(sorted(started - {unit.name}))


def _is_a_daemon(unit: Unit) -> bool:
    """Jobs and what belongs to the early boot are often started by programs, generators and links."""
    if unit.value("Service", "Type") in ("oneshot", "dbus") or not unit.all("Service", "ExecStart"):
        return False
    return unit.last("Unit", "DefaultDependencies") is None and unit.name not in system_units() | user_units()


def _says_who(unit: Unit) -> bool:
    """[Install], the bus, an alias such as dbus-org.x.service, and templates and hooks that a program starts."""
    if any(section == "Install" for section, _ in unit.assignments) or unit.aliases:
        return True
    is_in_pod = bool(unit.quadlet and unit.all("Container", "Pod"))
    return bool(unit.all("Service", "BusName") or "@" in unit.name or unit.links or is_in_pod)


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the first line of each service that no other unit names."""
    started = {name for _, _, names in notes for name in names}
    for path, name, _ in notes:
        if path and name not in started:
            unit = unit_at(path)
            at = header_place(unit, "Service")
            if at is not None:
                yield unit, Hit(at)


RULE = WholeSet(note, conclude, needs_all=True)
