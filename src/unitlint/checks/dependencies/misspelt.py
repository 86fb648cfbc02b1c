"""A name that is one slip away from the unit that was to be started."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.catalogue import facts, package_units
from unitlint.checks.references import (
    REQUIRING,
    STARTS_BY,
    Reference,
    all_names,
    neighbour,
    references,
    stem_of,
    tree_of,
)
from unitlint.files.names import template_of
from unitlint.rules.model import Context, Hit, Place, header_place
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHORTEST = 5


def started_units(unit: Unit, context: Context) -> Iterator[Hit]:
    """Speaks up only where the unit that was meant stands in the same tree: what is missing may come from elsewhere.

    Silent under --root, where started-unit-missing and handler-missing know what is there.
    """
    if context.root is not None or unit.masked or not unit.has_fragment:
        return
    for reference in references(unit, "OnFailure", "OnSuccess"):
        yield from _hits(unit, reference.name, reference, context)
    directive = STARTS_BY.get(unit.type)
    if directive is None:
        return
    named = references(unit, directive, section=unit.type.capitalize())
    if named:
        yield from _hits(unit, named[-1].name, named[-1], context)
    else:
        yield from _hits(unit, by_default(unit), None, context)


def by_default(unit: Unit) -> str:
    """``x.service`` of ``x.timer``; for each connection of an Accept=yes socket an instance of ``x@.service``."""
    accept = unit.type == "socket" and unit.is_on("Socket", "Accept")
    return f"{stem_of(unit.name)}{'@' if accept else ''}.service"


def _hits(unit: Unit, name: str, named: Reference | None, context: Context) -> Iterator[Hit]:
    guess = _likely_unit(unit, name, context)
    if guess is None:
        return
    at: Place | None = named.line if named else header_place(unit, unit.type.capitalize())
    head = header_place(context.units[guess], "Unit")
    related: tuple[tuple[Place, str], ...] = () if head is None else ((head, f"{guess} is here"),)
    if at is not None:
        how = f"{named.line.directive}= names" if named else f"a {unit.type} of this name starts"
        yield Hit(at, {"name": name, "how": how, "guess": guess}, related, span=named.span if named else None)


def _likely_unit(unit: Unit, name: str, context: Context) -> str | None:
    """The unit of the same tree for which ``name`` is a slip; None where there is none, or the name may be right."""
    stem, _, suffix = name.rpartition(".")
    prefix, at, _ = stem.partition("@")
    if len(prefix) < SHORTEST or "%" in prefix or not suffix or _is_known(unit, name, context):
        return None
    other_form = f"{prefix}.{suffix}" if at else f"{prefix}@.{suffix}"
    if _may_start(unit, other_form) and neighbour(unit, other_form, context) is not None:
        return other_form
    return _one_slip_away_in_tree(unit, prefix, f"@.{suffix}" if at else f".{suffix}", context)


def _is_known(unit: Unit, name: str, context: Context) -> bool:
    """True for the name of a unit of the checked set, of systemd itself or of a distribution."""
    if name in context.units or neighbour(unit, name, context) is not None:
        return True
    return is_known_name(template_of(name) or name)


def is_known_name(name: str) -> bool:
    """True for the name of a unit, or a template, that systemd or a distribution has."""
    return name in _known_names() or name in package_units()


def _may_start(unit: Unit, other_form: str) -> bool:
    """False for the unit itself, and for sockets: Accept= decides whether they start a template."""
    return unit.type != "socket" and other_form != unit.name


def _one_slip_away_in_tree(unit: Unit, prefix: str, end: str, context: Context) -> str | None:
    """The only other unit of the tree whose name is one slip away."""
    from unitlint.base.likeness import one_slip_away

    tree = tree_of(unit.path)
    near = [
        name
        for name in one_slip_away(prefix, end, context.units)
        if name != unit.name and tree_of(context.units[name].path) == tree
    ]
    return near[0] if len(near) == 1 else None


USER = "user/"
OF_SYSTEMD = "systemd-"
"""How the names of systemd's own services begin."""


class _Known:
    """Made on first use."""

    system: frozenset[str] = frozenset()
    user: frozenset[str] = frozenset()


def system_units() -> frozenset[str]:
    """Names of the system manager."""
    return _known().system


def user_units() -> frozenset[str]:
    """Names of the user manager."""
    return _known().user


def _known() -> type[_Known]:
    if not _Known.system:
        shipped: list[str] = facts("shipped_units")
        _Known.system = frozenset({one for one in shipped if not one.startswith(USER)} | _special("system"))
        _Known.user = frozenset({one[len(USER) :] for one in shipped if one.startswith(USER)} | _special("user"))
    return _Known


def _special(manager: str) -> set[str]:
    special: list[dict[str, Any]] = facts("special_units")
    return {str(one["name"]) for one in special if one["manager"] == manager}


SUFFIX = ".target"

SHORTEST_TARGET = 8
"""Shorter names are too near to each other."""
SINGULAR = frozenset(("timer.target", "socket.target", "path.target", "slice.target"))
"""Too short to be compared, but no target of anybody's; systemd's own have the plural."""
NEVER_A_SERVICE = frozenset((
    "multi-user", "graphical", "basic", "sysinit", "sockets", "timers", "paths", "network-online", "rescue",
    "emergency", "shutdown", "reboot", "poweroff", "halt",
))  # fmt: skip
"""Stems of targets that no package ships as a service."""
REAL_ELSEWHERE = ("networking", "network", "default", "time-sync", "local-fs", "remote-fs", "swap", "sleep", "sound")
"""Stems that packages use for services or targets of their own."""


def misspelt_target(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for units of the checked set, and for a known target's name with another suffix that is in use."""
    for (section, directive), names in all_names(unit):
        if not any(map(_likely_target, names)):
            continue
        for reference in references(unit, directive, section=section):
            name = reference.name
            guess = _likely_target(name)
            if guess is not None and name not in context.units:
                outcome = "this unit cannot start" if directive in REQUIRING else "this line has no effect"
                fields = {"name": name, "guess": guess, "outcome": outcome}
                advice = f"Write `{guess}`."
                yield Hit(reference.line, fields, span=reference.span, suggestion=advice, replacement=guess)


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    return system_units() | user_units()


@lru_cache(maxsize=1)
def _known_targets() -> frozenset[str]:
    return frozenset([name for name in _known_names() if name.endswith(SUFFIX)])


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, list[str]]:
    """The known targets by their stems without dashes."""
    found: dict[str, list[str]] = {}
    for target in _known_targets():
        found.setdefault(target.removesuffix(SUFFIX).replace("-", ""), []).append(target)
    return found


@lru_cache(maxsize=4096)
def _likely_target(name: str) -> str | None:
    if name in _known_names() or "%" in name or not name.endswith((SUFFIX, ".service")):
        return None
    stem, _, suffix = name.rpartition(".")
    if name in SINGULAR:
        return f"{stem}s{SUFFIX}"
    if suffix == "service":
        other = stem + SUFFIX
        return other if stem in NEVER_A_SERVICE else None
    if len(stem) < SHORTEST_TARGET or stem in REAL_ELSEWHERE or name in package_units():
        return None
    from unitlint.base.likeness import one_slip_away

    same_letters = _by_letters().get(stem.replace("-", "").replace("_", ""), [])
    return min([*same_letters, *one_slip_away(stem, SUFFIX, _known_targets())], default=None)
