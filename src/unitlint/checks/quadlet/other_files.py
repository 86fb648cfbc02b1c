"""UL282 and UL292: Quadlets that name files which are not there, or take the name of another's service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from unitlint.checks.dependencies.names import tree_of
from unitlint.grammar.words import RETAIN_ESCAPE, UNQUOTE, split_words
from unitlint.quadlet.keys import SECTIONS
from unitlint.quadlet.names import quadlet_type
from unitlint.quadlet.references import references
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import header_place
from unitlint.units.names import template_of
from unitlint.units.unit import Unit

DEPENDENCIES = (
    "After", "Before", "BindsTo", "Conflicts", "OnFailure", "OnSuccess", "PartOf", "PropagatesReloadTo",
    "PropagatesStopTo", "ReloadPropagatedFrom", "Requires", "Requisite", "StopPropagatedFrom", "Upholds", "Wants",
)  # fmt: skip
"""Directives in which the generator replaces names of Quadlets (quadlet.go: unitDependencyKeys)."""


def reference_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only where other Quadlets of the same tree are checked: the fellows of a file alone are elsewhere."""
    there = _quadlets_around(unit, context)
    if len(there) < 2:
        return
    for one in references(unit):
        if not _is_there(one.name, there):
            yield Hit(one.line, {"name": one.name}, span=(one.start, one.start + len(one.name)))
    for directive in DEPENDENCIES:
        for line in unit.assignments.get(("Unit", directive), ()):
            for name, start, end in split_words(line.value, flags=UNQUOTE | RETAIN_ESCAPE):
                if quadlet_type(name) and "%" not in name and not _is_there(name, there):
                    yield Hit(line, {"name": name}, span=(start, end))


def service_twice(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the ServiceName=, or at the header of the section."""
    own = unit.path.replace("\\", "/").rpartition("/")[2]
    others = [name for name, service in _quadlets_around(unit, context).items() if service == unit.name and name != own]
    if others and unit.has_fragment:
        section = SECTIONS[unit.quadlet]
        place = unit.last(section, "ServiceName") or header_place(unit, section)
        if place is not None:
            yield Hit(place, {"other": others[0]})


def _quadlets_around(unit: Unit, context: Context) -> Mapping[str, str]:
    """The Quadlets of the same tree: the name of the service by that of the file."""
    found: Mapping[str, Mapping[str, str]] = getattr(context.units, "quadlets", {})
    return found.get(tree_of(unit.path), {})


def _is_there(name: str, there: Mapping[str, str]) -> bool:
    return name in there or template_of(name) in there
