"""UL309: a memory limit in which the suffix was forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import CGROUP_SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import size
from unitlint.units.unit import Unit

LIMITS = ("MemoryMax", "MemoryHigh", "MemoryLimit")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Zero is no limit that systemd accepts; UL104 speaks of it."""
    smallest = size(str(context.options.get("smallest", "1M"))) or 0
    for section in CGROUP_SECTIONS:
        for name in LIMITS:
            limit = unit.last(section, name)
            bytes_ = None if limit is None else size(limit.value)
            if limit is not None and bytes_ is not None and 0 < bytes_ < smallest:
                amount = f"{bytes_:.0f} bytes" if bytes_ < 1024 else f"{bytes_ / 1024:.0f} KiB"
                yield Hit(limit, {"bytes": amount})
