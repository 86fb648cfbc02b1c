"""Containers that are not ready in time, and pods that Podman's generator does not find."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import DEFAULT_TIMEOUT, deciding
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan


def ready_too_late(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Notify=healthy makes the start last until the first check succeeds, which HealthStartPeriod= gives time for."""
    notify, period = unit.last("Container", "Notify"), unit.last("Container", "HealthStartPeriod")
    if notify is None or notify.value != "healthy" or period is None or not unit.has_fragment:
        return
    line = deciding(unit, "TimeoutStartSec")
    limit = DEFAULT_TIMEOUT if line is None else timespan(line.value)
    needed = timespan(period.value)
    if limit in (None, 0, INFINITY) or needed is None or limit is None or needed < limit:
        return
    related: tuple[tuple[Place, str], ...] = ((notify, "the start lasts until the container is healthy"),)
    if line is not None:
        related = (*related, (line, "the limit"))
    limit_said = "90 s, the default" if line is None else line.value
    yield Hit(period, {"limit": limit_said, "period": period.value}, related)


def pod_by_specifier(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The generator looks a pod up by the name as it is written (quadlet.go: handlePod)."""
    pod = unit.last("Container", "Pod")
    if pod is not None and "%" in pod.value and "@" not in pod.value and pod.value.endswith(".pod"):
        yield Hit(pod)
