"""UL764: settings that say something about another one, which is not there."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import is_whole
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

_MODES = ("Runtime", "State", "Cache", "Logs", "Configuration")
NEEDS: dict[tuple[str, str], tuple[str, ...]] = {
    **{("Service", f"{kind}DirectoryMode"): (f"{kind}Directory",) for kind in _MODES},
    ("Service", "RuntimeDirectoryPreserve"): ("RuntimeDirectory",),
    ("Service", "FileDescriptorStorePreserve"): ("FileDescriptorStoreMax",),
    ("Service", "WatchdogSignal"): ("WatchdogSec", "TimeoutStartFailureMode", "TimeoutStopFailureMode"),
    ("Service", "NUMAMask"): ("NUMAPolicy",),
    ("Unit", "JobTimeoutAction"): ("JobTimeoutSec", "JobRunningTimeoutSec"),
    ("Unit", "JobTimeoutRebootArgument"): ("JobTimeoutSec", "JobRunningTimeoutSec"),
    ("Timer", "FixedRandomDelay"): ("RandomizedDelaySec",),
    ("Path", "DirectoryMode"): ("MakeDirectory",),
}
"""Each with the directives of its section of which one gives it something to do."""


def without_companion(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the directive; one that is switched off says nothing."""
    if not is_whole(unit):
        return
    for (section, directive), others in NEEDS.items():
        line = unit.last(section, directive)
        if line is None or unit.is_off(section, directive):
            continue
        if not any(unit.all(section, other) and not unit.is_off(section, other) for other in others):
            yield Hit(line, {"others": " or ".join(f"{other}=" for other in others)}, on_name=True)


def default_instance(unit: Unit, _context: Context) -> Iterator[Hit]:
    """DefaultInstance= outside of templates (install.c: config_parse_default_instance)."""
    line = unit.last("Install", "DefaultInstance")
    if line is not None and "@" not in unit.name:
        yield Hit(line, on_name=True)
