"""UL212 to UL215: time spans of a service that only count together (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import last, load_condition, value
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY, integer, timespan
from unitlint.units.unit import Unit

DEFAULT_RESTART_SEC = 100_000.0
"""DefaultRestartSec= of the manager in microseconds, where nobody changed it."""


@load_condition
def runtime_randomized_alone(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL212: RuntimeRandomizedExtraSec= without RuntimeMaxSec=."""
    extra = last(unit, "Service", "RuntimeRandomizedExtraSec", context)
    if extra is None or timespan(extra.value) == 0:
        return
    limit = last(unit, "Service", "RuntimeMaxSec", context)
    if limit is None:
        yield Hit(extra)
    elif timespan(limit.value) == INFINITY:
        yield Hit(extra, {}, ((limit, "this is no bound"),))


@load_condition
def restart_steps_alone(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL213: RestartSteps= without RestartMaxDelaySec=, or the other way round."""
    steps, longest = (
        last(unit, "Service", "RestartSteps", context),
        last(unit, "Service", "RestartMaxDelaySec", context),
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
    longest, usual = last(unit, "Service", "RestartMaxDelaySec", context), last(unit, "Service", "RestartSec", context)
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
    found = last(unit, "Service", "RestartRandomizedDelaySec", context)
    if found is not None and timespan(value(unit, "Service", "RestartRandomizedDelaySec", context)) == INFINITY:
        yield Hit(found)
