"""UL212 to UL215: time spans of a service that only count together (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.service import type_and_line
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, integer, timespan

DEFAULT_RESTART_SEC = 100_000.0
"""DefaultRestartSec= of the manager in microseconds, where nobody changed it."""


@load_condition
def runtime_randomized_alone(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL212: RuntimeRandomizedExtraSec= without RuntimeMaxSec=."""
    extra = unit.last("Service", "RuntimeRandomizedExtraSec")
    if extra is None or timespan(extra.value) == 0:
        return
    limit = unit.last("Service", "RuntimeMaxSec")
    if limit is None:
        yield Hit(extra)
    elif timespan(limit.value) == INFINITY:
        yield Hit(extra, {}, ((limit, "this is no bound"),))


@load_condition
def restart_steps_alone(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL213: RestartSteps= without RestartMaxDelaySec=, or the other way round."""
    steps, longest = (
        unit.last("Service", "RestartSteps"),
        unit.last("Service", "RestartMaxDelaySec"),
    )
    stepwise = steps is not None and integer(steps.value) != 0
    bounded = longest is not None and timespan(longest.value) != INFINITY
    if stepwise and not bounded and steps is not None:
        yield Hit(steps, {"missing": "RestartMaxDelaySec"})
    if bounded and not stepwise and longest is not None:
        yield Hit(longest, {"missing": "RestartSteps"})


@load_condition
def restart_max_delay_below_restart(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL214: RestartMaxDelaySec= below RestartSec=, which systemd lowers to it."""
    longest, usual = unit.last("Service", "RestartMaxDelaySec"), unit.last("Service", "RestartSec")
    if longest is None:
        return
    most = timespan(longest.value)
    least = DEFAULT_RESTART_SEC if usual is None else timespan(usual.value)
    if most is None or least is None or most >= least:
        return
    related: tuple[tuple[Place, str], ...] = () if usual is None else ((usual, "this is lowered to it"),)
    yield Hit(longest, {"RestartSec": "100ms" if usual is None else usual.value}, related)


@load_condition
def restart_randomized_delay_endless(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL215: RestartRandomizedDelaySec=infinity, which systemd takes for 0."""
    found = unit.last("Service", "RestartRandomizedDelaySec")
    if found is not None and timespan(unit.value("Service", "RestartRandomizedDelaySec")) == INFINITY:
        yield Hit(found)


@load_condition
def restart(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL205: Restart=always and on-success; the other values are fine since 244."""
    found = unit.last("Service", "Restart")
    if found is not None and found.value in ("always", "on-success"):
        yield from _in_oneshot(found, unit, context)


@load_condition
def restart_force_exit_status(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL206: RestartForceExitStatus=, until 255."""
    found = unit.all("Service", "RestartForceExitStatus")
    if found:
        yield from _in_oneshot(found[0], unit, context)


@load_condition
def exit_type(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL207: ExitType=cgroup."""
    found = unit.last("Service", "ExitType")
    if found is not None and found.value == "cgroup":
        yield from _in_oneshot(found, unit, context)


@load_condition
def runtime_max(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL211: a finite RuntimeMaxSec=, which does nothing there."""
    found = unit.last("Service", "RuntimeMaxSec")
    if found is not None and timespan(found.value) not in (None, INFINITY):
        yield from _in_oneshot(found, unit, context)


def _in_oneshot(found: Assignment, unit: Unit, context: Context) -> Iterator[Hit]:
    kind, line = type_and_line(unit, context.release)
    if kind != "oneshot":
        return
    why = "" if line is not None else " (systemd takes it for one without ExecStart=)"
    related: tuple[tuple[Place, str], ...] = () if line is None else ((line, "this makes it a oneshot"),)
    yield Hit(found, {"why": why}, related)


MIXED_EVERYWHERE_SINCE = 256
"""Before, only services might have KillMode=mixed beside PAMName=."""


@load_condition
def pam_kill_mode(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the KillMode=, with the PAMName=."""
    section = unit.type.capitalize()
    pam, mode = unit.last(section, "PAMName"), unit.last(section, "KillMode")
    if pam is None or mode is None or mode.value == "control-group":
        return
    mixed = unit.type == "service" or context.release >= MIXED_EVERYWHERE_SINCE
    if mode.value == "mixed" and mixed:
        return
    allowed = "control-group or mixed" if mixed else "control-group"
    yield Hit(mode, {"allowed": allowed}, ((pam, "PAM is switched on here"),))
