"""UL720 to UL726: names of units that a root tree does not have, or has masked."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import Reference, references, stem_of
from unitlint.rules.model import Context, Hit, Predicate
from unitlint.rules.places import header_place
from unitlint.rules.typed import boolean
from unitlint.units.names import template_of, unit_type
from unitlint.units.tree_units import units_of_tree
from unitlint.units.unit import Unit

JUDGED = ("service", "socket", "timer", "path", "target")
"""Units of other types come from /etc/fstab, from udev, from programs that run, or are made as they are needed."""
OF_OTHERS = ("syslog.service",)
"""What systemd's own sockets start if somebody brings it along."""
AT_RUN_TIME = (
    "app-", "dbus-org.", "run-", "systemd-cryptsetup@", "systemd-fsck@", "systemd-growfs@", "systemd-integritysetup@",
    "systemd-makefs@", "systemd-veritysetup@",
)  # fmt: skip
"""Beginnings of names that generators, programs and buses make up."""


def _missing_in(*directives: str, packaged: bool = True) -> Predicate:
    """UL720 and its kin; without ``packaged`` only in files of one's own: packages name units of others that may be
    missing, and that is how it is meant."""

    def check(unit: Unit, context: Context) -> Iterator[Hit]:
        for one in _judged(unit, *directives):
            if (packaged or not is_packaged(one.line.path)) and not is_there(one.name, unit, context):
                yield Hit(one.line, {"name": one.name}, span=one.span)

    return check


required_missing = _missing_in("Requires", "Requisite", "BindsTo")
handler_missing = _missing_in("OnFailure", "OnSuccess")
wanted_missing = _missing_in("Wants", "Upholds", packaged=False)
ordered_missing = _missing_in("After", "Before", packaged=False)


def is_packaged(path: str) -> bool:
    """True of files below usr/lib/systemd and lib/systemd, where packages put theirs."""
    whole = "/" + path.replace("\\", "/")
    return "/lib/systemd/" in whole and "/usr/local/" not in whole


def required_masked(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL721: what is required cannot be started; nothing is said where something else than the tree masks it."""
    masked = units_of_tree(context.root, unit.scope).masked
    for one in _judged(unit, "Requires", "BindsTo"):
        if one.name in masked:
            yield Hit(one.line, {"name": one.name}, span=one.span)


def started_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL722: what a timer, path or socket starts."""
    if not unit.has_fragment or unit.masked:
        return
    section, directive = unit.type.capitalize(), "Service" if unit.type == "socket" else "Unit"
    named = references(unit, directive, section=section)
    accepts = unit.type == "socket" and boolean(unit.value("Socket", "Accept", "no")) is True
    name = named[-1].name if named else f"{stem_of(unit.name)}{'@' if accepts else ''}.service"
    if accepts and stem_of(unit.name).endswith("@"):
        return  # instances of instances: systemd makes up their names
    if "%" in name or name in OF_OTHERS or is_there(name, unit, context):
        return
    at = named[-1].line if named else header_place(unit, section)
    if at is not None:
        yield Hit(at, {"name": name, "type": unit.type}, span=named[-1].span if named else None)


def link_to_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL726: a link in .wants or .requires whose unit is gone."""
    for link in unit.links:
        if unit_type(link.value) in JUDGED and not is_there(link.value, unit, context):
            yield Hit(link, {"name": link.value})


def _judged(unit: Unit, *directives: str) -> Iterator[Reference]:
    """The names in these directives that can be judged; links are UL726's."""
    if unit.masked:
        return
    links = set(map(id, unit.links))
    for one in references(unit, *directives):
        if unit_type(one.name) in JUDGED and "%" not in one.name and id(one.line) not in links:
            yield one


def is_there(name: str, unit: Unit, context: Context) -> bool:
    """True where the tree has the unit, or its template, or where it may come of what runs."""
    if name in context.units or name.startswith(AT_RUN_TIME) or unit_type(name) not in JUDGED:
        return True
    names = units_of_tree(context.root, unit.scope).names
    return name in names or template_of(name) in names
