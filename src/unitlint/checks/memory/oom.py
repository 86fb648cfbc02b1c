"""UL315 to UL317: what systemd-oomd is told about a unit (oomd-manager.c, oomd-util.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import memory_limit
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import integer, size

SPARED = ("avoid", "omit")


def without_kill(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Thresholds of a unit whose pressure nobody watches; a drop-in alone proves nothing."""
    section = unit.type.capitalize()
    mode = unit.last(section, "ManagedOOMMemoryPressure")
    if not unit.has_fragment or (mode is not None and mode.value == "kill"):
        return
    related = () if mode is None else ((mode, "not watched"),)
    for name in ("ManagedOOMMemoryPressureLimit", "ManagedOOMMemoryPressureDurationSec"):
        line = unit.last(section, name)
        if line is not None:
            yield Hit(line, {}, related)


def without_swap(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Killing for its use of swap a unit that has none."""
    section = unit.type.capitalize()
    mode, swap = unit.last(section, "ManagedOOMSwap"), unit.last(section, "MemorySwapMax")
    if mode is not None and mode.value == "kill" and swap is not None and size(swap.value) == 0:
        yield Hit(mode, {}, ((swap, "no swap"),))


def against_oom_score(unit: Unit, context: Context) -> Iterator[Hit]:
    """One killer is told to spare the service, and the other to take it."""
    score_line = unit.last("Service", "OOMScoreAdjust")
    score = None if score_line is None else integer(score_line.value)
    if score_line is None or score is None:
        return
    preference = unit.last("Service", "ManagedOOMPreference")
    spared = preference is not None and preference.value in SPARED
    if score <= int(context.options.get("threshold", -300)) and not spared:
        for mode in _kills(unit):
            reason = f"makes systemd-oomd kill what OOMScoreAdjust={score_line.value} tells the kernel to spare"
            yield Hit(mode, {"reason": reason}, ((score_line, "the kernel's killer is told to spare it"),))
    elif score > 0 and preference is not None and spared:
        reason = (
            f"asks systemd-oomd to spare what OOMScoreAdjust={score_line.value} offers to the kernel as a first victim"
        )
        yield Hit(preference, {"reason": reason}, ((score_line, "the kernel's killer is told to take it"),))


def _kills(unit: Unit) -> Iterator[Assignment]:
    for name in ("ManagedOOMSwap", "ManagedOOMMemoryPressure"):
        line = unit.last("Service", name)
        if line is not None and line.value == "kill":
            yield line


BLIND = ("no", "on-success", "on-abort", "on-watchdog")
"""Values of Restart= that a result of oom-kill does not fall under."""


def oom_kill_without_restart(unit: Unit, context: Context) -> Iterator[Hit]:
    """Where Restart= is not written at all, UL601 speaks."""
    limit, restart = unit.last("Service", "MemoryMax"), unit.last("Service", "Restart")
    if limit is None or restart is None or limit.value == "infinity" or restart.value not in BLIND:
        return
    if service_type(unit, context.release) == "oneshot" or unit.all("Service", "RestartForceExitStatus"):
        return
    yield Hit(limit, {"restart": restart.value}, ((restart, "does not cover oom-kill"),))


EXTREME = -1000
"""From here on UL304 speaks."""


def oom_score_negative_without_limit(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for drop-ins alone: the limit may stand in the unit they belong to."""
    adjust = unit.last("Service", "OOMScoreAdjust")
    if adjust is None or not unit.has_fragment or unit.masked or unit.scope == "user":
        return
    score = integer(adjust.value)
    if score is None or not EXTREME < score <= int(context.options.get("threshold", -300)):
        return
    if memory_limit(unit, context.units) is None:
        yield Hit(adjust, {"value": adjust.value})
