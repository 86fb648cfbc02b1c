"""UL322: limits in system.conf that are wrong for a whole machine."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import integer
from unitlint.units.unit import Unit

STRONG = -300
LIMITS = {
    "DefaultLimitAS": "bounds the address space of every process, which kills programs while memory is free",
    "DefaultLimitRSS": "bounds nothing, because Linux ignores RLIMIT_RSS",
}


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
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
