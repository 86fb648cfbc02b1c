"""UL731: units without default dependencies, which shutdown does not stop in their turn (systemd.unit(5))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.known_units import system_units
from unitlint.checks.dependencies.names import references
from unitlint.checks.lifecycle.facts import is_lasting
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

SHUTDOWN = "shutdown.target"
ENDS = frozenset((
    SHUTDOWN, "umount.target", "final.target", "reboot.target", "poweroff.target", "halt.target", "kexec.target",
    "exit.target", "soft-reboot.target", "factory-reset.target", "sleep.target", "suspend.target", "hibernate.target",
    "systemd-halt.service", "systemd-poweroff.service", "systemd-reboot.service", "systemd-kexec.service",
))  # fmt: skip
"""Units of the machine's end: what they pull in, or what comes after them, belongs there."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Two ways: Conflicts=shutdown.target without the order, or a lasting service with neither of both."""
    line = unit.last("Unit", "DefaultDependencies")
    if (
        line is None
        or boolean(line.value) is not False
        or not unit.has_fragment
        or unit.masked
        or unit.scope != "system"
    ):
        return
    conflicts = next((one for one in references(unit, "Conflicts") if one.name == SHUTDOWN), None)
    before = {one.name for one in references(unit, "Before")}
    if conflicts is not None:
        if SHUTDOWN not in before:
            related: tuple[tuple[Place, str], ...] = ((line, "no order by default because of this line"),)
            yield Hit(conflicts.line, {"outcome": "in no order"}, related, span=conflicts.span)
    elif is_lasting(unit, context) and not before & ENDS and not _is_of_the_end(unit) and not _is_kept(unit):
        yield Hit(line, {"outcome": "only by the last kill"})


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
