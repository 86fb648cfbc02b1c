"""Who is started before whom, by one unit: its own lines, and what systemd adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.base.records import NamedTuple
from unitlint.catalogue import NEWEST
from unitlint.checks.references import STARTS_BY, Names, all_names, home_of, references, stem_of
from unitlint.rules.model import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.unit import Unit

WITH_DEFAULTS = ("service", *STARTS_BY)
"""Types that by default come after what is early in the boot."""
WRITTEN = ("After", "Before")
SERVICE_FIRST, OTHERS_FIRST = ("basic.target", "sysinit.target"), ("sysinit.target",)
INSTALL = frozenset(("WantedBy", "RequiredBy"))
OF_ALL = INSTALL | {"After", "Before", "Conflicts"}
OF_TARGETS = OF_ALL | {"Wants", "Requires"}
_ANY_CONTEXT = Context(NEWEST, {})
STARTS, BY_DEFAULT = "starts", "by default"


class Note(NamedTuple):
    """What is kept of a unit, by name of the directive: a large set has many of these."""

    path: str
    name: str
    tree: str
    """Tree and manager: units of different trees never start together."""
    has_defaults: bool
    first: Names
    """What it comes after by default."""
    named: tuple[tuple[str, Names], ...]
    """Directive and names."""


class Edge(NamedTuple):
    """``before`` is started before ``after``, because of a directive or a default of the unit at ``path``."""

    before: str
    after: str
    path: str
    why: str
    """A directive, STARTS or BY_DEFAULT."""


def note(unit: Unit) -> tuple[object, ...] | None:
    """A Note as a plain tuple; None for what takes no part.

    These are drop-ins alone, masked units, and templates, which are not their instances.
    """
    if not unit.has_fragment or unit.masked or "@" in unit.name:
        return None
    named = _named(unit)
    if unit.type in STARTS_BY:
        started = unit.value(unit.type.capitalize(), STARTS_BY[unit.type]) or f"{stem_of(unit.name)}.service"
        named.append((STARTS, (started,)))
    has_defaults = not unit.is_off("Unit", "DefaultDependencies")
    first: Names = ()
    if has_defaults and unit.type in WITH_DEFAULTS and unit.scope == "system" and not _is_early(unit):
        first = SERVICE_FIRST if unit.type == "service" else OTHERS_FIRST
    return unit.path, unit.name, home_of(unit), has_defaults, first, tuple(named)


def _named(unit: Unit) -> list[tuple[str, Names]]:
    """The names that say something about the order, by directive."""
    noted = OF_TARGETS if unit.type == "target" else OF_ALL
    conditional = _lines_of_branches(unit) if unit.looks is not None else frozenset()
    named: list[tuple[str, Names]] = []
    for (section, directive), names in all_names(unit):
        if directive in noted:
            certain = _certain(unit, section, directive, conditional) if conditional else names
            row = _row(directive, certain)
            if row[1]:
                named.append(row)
    return named


@lru_cache(maxsize=4096)
def _row(directive: str, names: Names) -> tuple[str, Names]:
    """Most units of a large set name the same others; each row of names is held once."""
    if directive in INSTALL:
        names = tuple([name for name in names if name.endswith(".target")])
    return directive, tuple([name for name in names if "%" not in name])


def _certain(unit: Unit, section: str, directive: str, conditional: frozenset[tuple[str, int]]) -> Names:
    """What a template writes only in some cases may never stand beside the other lines."""
    found = references(unit, directive, section=section)
    return tuple([one.name for one in found if (one.line.path, one.line.line) not in conditional])


def _lines_of_branches(unit: Unit) -> frozenset[tuple[str, int]]:
    """The lines of a template that depend on a condition, with the paths of the files."""
    from unitlint.units.placeholders import templates_of

    return frozenset((path, line) for path, template in templates_of(unit) for line in template.branches)


def _is_early(unit: Unit) -> bool:
    """True where UL706 speaks of it."""
    if ("Unit", "Before") not in unit.effective:
        return False
    from unitlint.checks.dependencies.waiting import early_with_default_dependencies

    return next(early_with_default_dependencies(unit, _ANY_CONTEXT), None) is not None


def written(one: Note) -> Iterator[tuple[str, str, str]]:
    """The parts of an Edge but the path: After=, Before=, and what only DefaultDependencies=no takes away."""
    name = one.name
    for why, names in one.named:
        if why == "After":
            for other in names:
                if other != name:
                    yield other, name, why
        elif why in ("Before", STARTS):
            for other in names:
                if other != name:
                    yield name, other, why
    for target in one.first:
        yield target, name, BY_DEFAULT


def implied(one: Note) -> Iterator[tuple[str, str, str]]:
    """Targets wait for what they pull in, unless that is ordered after them (unit_add_default_target_dependency)."""
    for why, names in one.named if one.has_defaults else ():
        if why in ("Wants", "Requires"):
            for other in names:
                yield other, one.name, why
        elif why in INSTALL:
            for other in names:
                yield one.name, other, why
