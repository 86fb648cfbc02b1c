"""UL730: a name that is one slip away from the unit that was to be started."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.known_units import system_units, user_units
from unitlint.checks.dependencies.names import Reference, neighbour, references, stem_of, tree_of
from unitlint.checks.dependencies.near_names import one_slip_away
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.places import header_place
from unitlint.rules.typed import boolean
from unitlint.units.names import template_of
from unitlint.units.unit import Unit

SHORTEST = 5
NAMED_IN = {"timer": "Unit", "path": "Unit", "socket": "Service"}


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Speaks up only where the unit that was meant stands in the same tree: what is missing may come from elsewhere.

    Silent under --root, where UL722 and UL723 know what is there.
    """
    if context.root is not None or unit.masked or not unit.has_fragment:
        return
    for one in references(unit, "OnFailure", "OnSuccess"):
        yield from _said(unit, one.name, one, context)
    directive = NAMED_IN.get(unit.type)
    if directive is None:
        return
    named = references(unit, directive, section=unit.type.capitalize())
    if named:
        yield from _said(unit, named[-1].name, named[-1], context)
    else:
        yield from _said(unit, _by_default(unit), None, context)


def _by_default(unit: Unit) -> str:
    """``x.service`` of ``x.timer``; for each connection of an Accept=yes socket an instance of ``x@.service``."""
    accept = unit.type == "socket" and boolean(unit.value("Socket", "Accept", "no")) is True
    return f"{stem_of(unit.name)}{'@' if accept else ''}.service"


def _said(unit: Unit, name: str, named: Reference | None, context: Context) -> Iterator[Hit]:
    guess = _meant(unit, name, context)
    if guess is None:
        return
    at: Place | None = named.line if named else header_place(unit, unit.type.capitalize())
    head = header_place(context.units[guess], "Unit")
    related: tuple[tuple[Place, str], ...] = () if head is None else ((head, f"{guess} is here"),)
    if at is not None:
        how = f"{named.line.directive}= names" if named else f"a {unit.type} of this name starts"
        yield Hit(at, {"name": name, "how": how, "guess": guess}, related, span=named.span if named else None)


def _meant(unit: Unit, name: str, context: Context) -> str | None:
    """The other unit of the same tree that this name all but is."""
    stem, _, suffix = name.rpartition(".")
    prefix, at, _ = stem.partition("@")
    if len(prefix) < SHORTEST or "%" in prefix or not suffix or neighbour(unit, name, context) is not None:
        return None
    if name in context.units or (template_of(name) or name) in system_units() | user_units():
        return None
    other_form = f"{prefix}.{suffix}" if at else f"{prefix}@.{suffix}"
    if unit.type != "socket" and other_form != unit.name and neighbour(unit, other_form, context) is not None:
        return other_form
    end = f"@.{suffix}" if at else f".{suffix}"
    near = [one for one in one_slip_away(prefix, end, context.units) if one != unit.name]
    here = [one for one in near if tree_of(context.units[one].path) == tree_of(unit.path)]
    return here[0] if len(here) == 1 else None
