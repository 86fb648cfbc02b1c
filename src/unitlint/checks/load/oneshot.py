"""UL205, UL206, UL207, UL211: what a service of Type=oneshot may not have (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import every, last, load_condition
from unitlint.checks.load.service_facts import service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY, timespan
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit


@load_condition
def restart(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL205: Restart=always and on-success; the other values are fine since 244."""
    found = last(unit, "Service", "Restart", context)
    if found is not None and found.value in ("always", "on-success"):
        yield from _in_oneshot(found, unit, context)


@load_condition
def restart_force_exit_status(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL206: RestartForceExitStatus=, until 255."""
    found = every(unit, "Service", "RestartForceExitStatus", context)
    if found:
        yield from _in_oneshot(found[0], unit, context)


@load_condition
def exit_type(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL207: ExitType=cgroup."""
    found = last(unit, "Service", "ExitType", context)
    if found is not None and found.value == "cgroup":
        yield from _in_oneshot(found, unit, context)


@load_condition
def runtime_max(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL211: a finite RuntimeMaxSec=, which does nothing there."""
    found = last(unit, "Service", "RuntimeMaxSec", context)
    if found is not None and timespan(found.value) not in (None, INFINITY):
        yield from _in_oneshot(found, unit, context)


def _in_oneshot(found: Assignment, unit: Unit, context: Context) -> Iterator[Hit]:
    kind, line = service_type(unit, context)
    if kind != "oneshot":
        return
    why = "" if line is not None else " (systemd takes it for one without ExecStart=)"
    related: tuple[tuple[Place, str], ...] = () if line is None else ((line, "this makes it a oneshot"),)
    yield Hit(found, {"why": why}, related)
