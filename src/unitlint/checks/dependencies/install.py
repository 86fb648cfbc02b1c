"""What `systemctl enable` makes of [Install] (install.c)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.catalogue import UNIT_TYPES
from unitlint.checks.dependencies.misspelt import system_units, user_units
from unitlint.checks.references import REQUIRING, Reference, keys_of, names_of, neighbour, references
from unitlint.checks.service import SESSION_TARGETS
from unitlint.files.names import WITHOUT_ALIAS
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit
from unitlint.values.unit_name import is_unit_name


def alias_refused(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Aliases that systemctl enable refuses (install.c: config_parse_alias).

    Names with specifiers of the instance are left alone.
    """
    for one in references(unit, "Alias", section="Install"):
        reason = _fault(unit, one.name)
        if reason is not None:
            hint = _alias_meant(unit, one.name)
            yield Hit(one.line, {"name": one.name, "reason": reason}, span=one.span, suggestion=hint)


def _alias_meant(unit: Unit, name: str) -> str | None:
    """What to do with an alias that lacks its suffix."""
    if "." in name or unit.type in WITHOUT_ALIAS:
        return None
    if f"{name}.{unit.type}" == unit.name:
        return "Delete the line: the alias is the unit's own name."
    return f"Write Alias={name}.{unit.type}."


def _fault(unit: Unit, name: str) -> str | None:
    if "%" in name or "/" in name:
        return None
    if unit.type in WITHOUT_ALIAS:
        return f"units of type {unit.type} cannot have one, and `systemctl enable` leaves it out"
    suffix = name.rpartition(".")[2]
    if "." not in name or suffix not in UNIT_TYPES:
        return f"a unit name needs its suffix, here .{unit.type}, and `systemctl enable` refuses this one"
    if suffix != unit.type:
        return f"a {unit.type} cannot be linked as a {suffix}, and `systemctl enable` fails"
    if ("@" in unit.name) != ("@" in name):
        kinds = ("a template", "a plain name") if "@" in unit.name else ("a plain unit", "a template or instance")
        return f"{kinds[0]} cannot be linked as {kinds[1]}, and `systemctl enable` fails"
    return None


PASSIVE = frozenset((
    "network.target", "nss-lookup.target", "nss-user-lookup.target", "rpcbind.target", "local-fs-pre.target",
    "remote-fs-pre.target",
))  # fmt: skip
"""Marks that only the provider of a function pulls in; time-sync.target and network-pre.target have helpers, too."""
PULLS = ("WantedBy", "RequiredBy")
_PULLED = keys_of(PULLS, "Install")
_ENABLED = keys_of((*PULLS, "Also"), "Install")
FIT = (".target", ".device", ".mount", ".slice")


def not_a_target(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A service, socket, timer or path in its place."""
    for one in _pulled_by(unit):
        kind = one.name.rpartition(".")[2]
        if not one.name.endswith(FIT) and "%" not in one.name:
            yield Hit(one.line, {"name": one.name, "kind": kind}, span=one.span)


def without_suffix(unit: Unit, _context: Context) -> Iterator[Hit]:
    """WantedBy=multi-user: the name of no unit (install.c: install_info_symlink_wants); Also= is read the same way."""
    if all(map(_has_suffix, names_of(unit, _ENABLED))):
        return
    for one in references(unit, *PULLS, "Also", section="Install"):
        names = [name for name in one.name.split(",") if name]
        if len(names) > 1 and all(map(is_unit_name, names)):
            advice = f"Write {one.line.directive}={' '.join(names)}."
            yield Hit(one.line, {"name": one.name}, span=one.span, suggestion=advice)
            continue
        if one.name.rpartition(".")[2] in UNIT_TYPES or "%" in one.name or "/" in one.name:
            continue
        guess = _meant_by(one.name, also=one.line.directive == "Also")
        hint = None if guess is None else f"Write {one.line.directive}={guess}."
        yield Hit(one.line, {"name": one.name}, span=one.span, suggestion=hint)


@lru_cache(maxsize=1024)
def _has_suffix(name: str) -> bool:
    """True for what looks like the name of one unit, as nearly all do."""
    return "," not in name and name.rpartition(".")[2] in UNIT_TYPES


def _meant_by(name: str, *, also: bool) -> str | None:
    """The unit of systemd that a name without a suffix, or with a misspelt one, stands for."""
    from unitlint.base.likeness import one_slip_away

    known = system_units() | user_units()
    stem, _, suffix = name.rpartition(".")
    if stem and one_slip_away(suffix, "", UNIT_TYPES):
        candidates = [f"{stem}.{meant}" for meant in one_slip_away(suffix, "", UNIT_TYPES)]
    else:
        candidates = [name if also else f"{name}.target"]
    return next((candidate for candidate in candidates if candidate in known), None)


def wants_network_target(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Wants=network.target: only the provider of the network pulls it in (systemd.special(7))."""
    if unit.scope != "system":
        return
    before = {one.name for one in references(unit, "Before")}
    for one in references(unit, "Wants", "Requires", "BindsTo"):
        if one.name == "network.target" and one.name not in before:
            yield Hit(one.line, {}, span=one.span)


def passive_target(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Silent for providers, which stand before the target, and where an active target stands beside it."""
    if unit.scope != "system" or not PASSIVE.issuperset(names_of(unit, _PULLED)):
        return
    before = {one.name for one in references(unit, "Before")}
    for one in _pulled_by(unit):
        if one.name not in before:
            yield Hit(one.line, {"name": one.name}, span=one.span)


def _pulled_by(unit: Unit) -> list[Reference]:
    return references(unit, *PULLS, section="Install")


def wanted_by_system_target(unit: Unit, context: Context) -> Iterator[Hit]:
    """In [Install]; silent beside a target that the user manager has, from which the unit starts."""
    if unit.scope != "user":
        return
    named = references(unit, "WantedBy", "RequiredBy", section="Install")
    if any(reference.name in user_units() or neighbour(unit, reference.name, context) for reference in named):
        return
    for reference in named:
        if _is_of_the_system(unit, reference.name, context):
            yield Hit(reference.line, {"name": reference.name}, span=reference.span)


def depends_on_system_unit(unit: Unit, context: Context) -> Iterator[Hit]:
    """What a user unit requires and its manager does not have."""
    for name, (first, *others) in _of_the_system(unit, REQUIRING, context).items():
        related: tuple[tuple[Place, str], ...] = tuple((other.line, "names it as well") for other in others)
        yield Hit(first.line, {"name": name}, related, span=first.span)


def waits_for_system_unit(unit: Unit, context: Context) -> Iterator[Hit]:
    """What it wants or is ordered after; one finding a unit, and none for what it also requires."""
    if unit.scope != "user":
        return
    required = _of_the_system(unit, REQUIRING, context)
    found = _of_the_system(unit, ("After", "Wants", "PartOf"), context)
    waiting = {name: lines for name, lines in found.items() if name not in required}
    if waiting:
        first, *others = (reference for lines in waiting.values() for reference in lines)
        lines = [other.line for other in others if other.line is not first.line]
        related: tuple[tuple[Place, str], ...] = tuple((line, f"{line.directive}= has no effect") for line in lines)
        yield Hit(first.line, {"names": " or ".join(waiting)}, related, span=first.span)


def _of_the_system(unit: Unit, directives: tuple[str, ...], context: Context) -> dict[str, list[Reference]]:
    """By name the references of a user unit to targets that only the system manager has."""
    found: dict[str, list[Reference]] = {}
    for reference in references(unit, *directives) if unit.scope == "user" else ():
        if _is_of_the_system(unit, reference.name, context):
            found.setdefault(reference.name, []).append(reference)
    return found


SYSTEM_SERVICES = frozenset((
    "display-manager.service", "NetworkManager.service", "NetworkManager-wait-online.service", "networking.service",
    "systemd-networkd.service", "systemd-networkd-wait-online.service", "systemd-resolved.service",
    "systemd-logind.service", "systemd-udevd.service", "systemd-timesyncd.service", "bluetooth.service", "gdm.service",
    "lightdm.service", "sddm.service",
))  # fmt: skip
"""Services that only the system's manager has."""


def _is_of_the_system(unit: Unit, name: str, context: Context) -> bool:
    """Targets, and services that no user has; those of other programs are often there for users too."""
    if name not in SYSTEM_SERVICES and (not name.endswith(".target") or name not in system_units()):
        return False
    if name in user_units():
        return False
    return neighbour(unit, name, context) is None


USER_TARGETS_OF_SYSTEM_UNITS = (
    (("WantedBy", "RequiredBy", "UpheldBy"), "Install", "never starts {unit}"),
    (REQUIRING, "Unit", "cannot start {unit} without it"),
    (("After", "Wants", "PartOf"), "Unit", "ignores this name"),
)
"""Where a system unit may name a target of user managers, and what the system manager does then."""


def waits_for_session(unit: Unit, context: Context) -> Iterator[Hit]:
    """A unit of the system manager, by its directory or its User=, that names a target of graphical sessions."""
    path = unit.path.replace("\\", "/")
    is_of_system = "systemd/system/" in path or unit.value("Service", "User") not in ("", "%i", "%u")
    if unit.scope != "system" or not is_of_system:
        return
    for directives, section, outcome in USER_TARGETS_OF_SYSTEM_UNITS:
        named = references(unit, *directives, section=section)
        missing = [one for one in named if one.name in SESSION_TARGETS and neighbour(unit, one.name, context) is None]
        if not missing or (section == "Install" and len(missing) < len(named)):
            continue
        fields = {"name": missing[0].name, "outcome": outcome.format(unit=unit.name)}
        yield Hit(missing[0].line, fields, span=missing[0].span)
        return
