"""UL320 to UL322: limits and defaults in oomd.conf and system.conf."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.memory.limits import amount
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.typed import integer

REASONS = {
    100.0: "can never be exceeded, so systemd-oomd never acts",
    0.0: "is exceeded by the least use, so systemd-oomd kills without need",
}
DEFAULTS = {
    "DefaultMemoryAccounting": "memory",
    "DefaultTasksAccounting": "tasks",
}


def oomd_limits(unit: Unit, _context: Context) -> Iterator[Hit]:
    """oomd-manager.c acts on what is strictly above the limit."""
    for name in ("SwapUsedLimit", "DefaultMemoryPressureLimit"):
        line = unit.last("OOM", name)
        share = None if line is None else amount(line.value)
        if line is not None and share is not None and share[0] == "percent" and share[1] in REASONS:
            yield Hit(line, {"reason": REASONS[share[1]]})


def accounting_off(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Without accounting of memory systemd-oomd has nothing to go by, either."""
    for name, what in DEFAULTS.items():
        line = unit.last("Manager", name)
        if line is not None and unit.is_off("Manager", name):
            yield Hit(line, {"what": what})


STRONG = -300
LIMITS = {
    "DefaultLimitAS": "bounds the address space of every process, which kills programs while memory is free",
    "DefaultLimitRSS": "bounds nothing, because Linux ignores RLIMIT_RSS",
}


def default_limits(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding a line."""
    tasks = unit.last("Manager", "DefaultTasksMax")
    if tasks is not None and tasks.value == "infinity":
        yield Hit(tasks, {"reason": "lets any service take all process ids of the machine"})
    score_line = unit.last("Manager", "DefaultOOMScoreAdjust")
    score = None if score_line is None else integer(score_line.value)
    if score_line is not None and score is not None and score <= STRONG:
        yield Hit(score_line, {"reason": "spares everything, and so the OOM killer cannot choose any more"})
    for name, reason in LIMITS.items():
        line = unit.last("Manager", name)
        if line is not None and not line.value.startswith("infinity"):
            yield Hit(line, {"reason": reason})
