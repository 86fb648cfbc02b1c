"""UL902 and UL903: what a drop-in does to the settings of the unit below it."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue import lookup
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import INFINITY, boolean, size
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

SWITCHES = frozenset((
    "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "PrivateNetwork", "PrivateUsers", "ProtectSystem", "ProtectHome",
    "ProtectKernelTunables", "ProtectKernelModules", "ProtectKernelLogs", "ProtectControlGroups", "ProtectClock",
    "ProtectHostname", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality",
    "MemoryDenyWriteExecute", "DynamicUser",
))  # fmt: skip
LIMITS = frozenset(("MemoryMax", "MemoryHigh", "MemorySwapMax", "TasksMax"))


def no_effect(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL902: a drop-in's line that says what the line before it said."""
    for earlier, later in _overrides(unit):
        if earlier.value == later.value and later.value:
            yield Hit(later, {}, ((earlier, "the same is said here"),))


def weakened(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL903: a drop-in that switches a part of the sandbox off, or lifts a limit."""
    for earlier, later in _overrides(unit):
        name = later.directive
        off = name in SWITCHES and boolean(later.value) is False and boolean(earlier.value) is not False
        if off or (name in LIMITS and size(later.value) == INFINITY != size(earlier.value)):
            yield Hit(later, {"was": earlier.value}, ((earlier, "the unit has this"),))


def _overrides(unit: Unit) -> Iterator[tuple[Assignment, Assignment]]:
    """Lines of drop-ins that decide a one-value directive, each with the line of another file before it."""
    if len(unit.documents) < 2 or not unit.has_fragment:
        return
    for (section, directive), lines in unit.assignments.items():
        if len(lines) < 2 or lines[-1].document is lines[-2].document:
            continue
        entry = lookup("unit", section, directive)
        if entry is not None and not entry.get("repeatable") and unit.last(section, directive) is lines[-1]:
            yield lines[-2], lines[-1]
