"""A unit that is to be started by a target of which nothing is known."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.misspelt import is_known_name, system_units
from unitlint.checks.references import REQUIRING, references
from unitlint.checks.service import is_lasting
from unitlint.files.names import template_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


def unknown_target(unit: Unit, context: Context) -> Iterator[Hit]:
    """Neither systemd's own nor in the checked set; with a root directory other rules look there, and what is missing
    where only some files were named may be elsewhere."""
    if context.root is not None or getattr(context.units, "partial", False):
        return
    for directive in ("WantedBy", "RequiredBy", "UpheldBy"):
        for one in references(unit, directive, section="Install"):
            names = {one.name, template_of(one.name) or one.name}
            known = any(is_known_name(name) or name in context.units for name in names)
            if one.name.endswith(".target") and "%" not in one.name and not known:
                yield Hit(one.line, {"name": one.name}, span=one.span)


GONE = {
    "syslog.target": "the journal's socket is there before every service",
    "dbus.target": "every service comes after dbus.socket by default",
    "http-daemon.target": "order the unit after the server itself",
    "mail-transfer-agent.target": "order the unit after the server itself",
    "hal.target": "udev replaces it",
}
"""Dropped from systemd by release 213, with what to know instead."""


def obsolete(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for a target of the checked set."""
    for one in references(unit, "After", "Before", "Wants", *REQUIRING):
        if one.name in GONE and one.name not in context.units:
            outcome = "so this unit cannot start" if one.line.directive in REQUIRING else "so the line has no effect"
            fields = {"name": one.name, "outcome": outcome, "instead": GONE[one.name]}
            yield Hit(one.line, fields, span=one.span)


SHUTDOWN = "shutdown.target"
ENDS = frozenset((
    SHUTDOWN, "umount.target", "final.target", "reboot.target", "poweroff.target", "halt.target", "kexec.target",
    "exit.target", "soft-reboot.target", "factory-reset.target", "sleep.target", "suspend.target", "hibernate.target",
    "systemd-halt.service", "systemd-poweroff.service", "systemd-reboot.service", "systemd-kexec.service",
))  # fmt: skip
"""Units of the machine's end: what they pull in, or what comes after them, belongs there."""


def shutdown(unit: Unit, context: Context) -> Iterator[Hit]:
    """Two ways: Conflicts=shutdown.target without the order, where something is to be stopped, or a lasting service
    without Conflicts=."""
    line = unit.last("Unit", "DefaultDependencies")
    if (
        line is None
        or not unit.is_off("Unit", "DefaultDependencies")
        or not unit.has_fragment
        or unit.masked
        or unit.scope != "system"
    ):
        return
    conflicts = next((one for one in references(unit, "Conflicts") if one.name == SHUTDOWN), None)
    before = {one.name for one in references(unit, "Before")}
    if conflicts is not None:
        stops = any(unit.all("Service", name) for name in ("ExecStop", "ExecStopPost"))
        if SHUTDOWN not in before and (stops or unit.type != "service" or is_lasting(unit, context)):
            related: tuple[tuple[Place, str], ...] = ((line, "no order by default because of this line"),)
            yield Hit(conflicts.line, {"outcome": "in no order"}, related, span=conflicts.span)
    elif (
        is_lasting(unit, context)
        and not before & (ENDS - {SHUTDOWN})
        and not _is_of_the_end(unit)
        and not _is_kept(unit)
    ):
        yield Hit(line, {"outcome": "only when systemd kills all remaining processes"})


def _is_of_the_end(unit: Unit) -> bool:
    """True of what runs during shutdown, and of the initrd's units, which do not live to see it."""
    names = [one.name for one in references(unit, "After", "Requires", "BindsTo", "PartOf", "Conflicts")]
    names += [one.name for name in ("WantedBy", "RequiredBy") for one in references(unit, name, section="Install")]
    return any(name in ENDS or name.startswith("initrd") for name in names) or any(
        "initrd" in line.value for line in unit.all("Unit", "ConditionPathExists")
    )


def _is_kept(unit: Unit) -> bool:
    """True of what goes with another unit, and of what is to run to the very end."""
    if references(unit, "Requires", "BindsTo", "PartOf") or unit.name in system_units():
        return True
    return bool(unit.all("Unit", "SurviveFinalKillSignal") or unit.all("Unit", "IgnoreOnIsolate"))


GOES_DOWN = (SHUTDOWN, "reboot.target", "poweroff.target", "halt.target")


def never_stopped(unit: Unit, _context: Context) -> Iterator[Hit]:
    """ExecStop= of a unit that is ordered before the shutdown, which does not stop it: Conflicts= is missing."""
    stop, line = unit.last("Service", "ExecStop"), unit.last("Unit", "DefaultDependencies")
    if stop is None or line is None or not unit.is_off("Unit", "DefaultDependencies"):
        return
    if not unit.has_fragment or unit.masked or unit.scope != "system" or unit.is_on("Unit", "StopWhenUnneeded"):
        return
    stoppers = references(unit, *REQUIRING, "PartOf", "Conflicts", "StopPropagatedFrom")
    is_ordered = any(one.name in GOES_DOWN for one in references(unit, "Before"))
    needs = unit.all("Unit", "RequiresMountsFor") or unit.all("Service", "Slice")  # what stops, and the unit with it
    if is_ordered and not stoppers and not needs and not _is_of_the_end(unit):
        yield Hit(stop, {}, ((line, "no Conflicts=shutdown.target because of this line"),))
