"""UL626: start limits in [Service], where they stood until systemd 230 (load-fragment-gperf: compatibility entries)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

NAMES = {"StartLimitInterval": "StartLimitIntervalSec", "StartLimitBurst": "", "StartLimitAction": ""}


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Both sections set the same thing, and the later line wins; the other one is shown."""
    for name, new in NAMES.items():
        for line in unit.all("Service", name):
            others = (*unit.all("Unit", new or name), *unit.all("Unit", name)) if new else unit.all("Unit", name)
            related: tuple[tuple[Place, str], ...] = tuple((one, "this sets the same limit") for one in others)
            yield Hit(line, {"new": new or name}, related, on_name=True)
