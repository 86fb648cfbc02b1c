"""UL320 to UL322: limits and defaults in oomd.conf and system.conf."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.memory.amounts import amount
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

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
        if line is not None and boolean(line.value) is False:
            yield Hit(line, {"what": what})
