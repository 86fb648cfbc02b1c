"""UL112: directives under a name of the past, which systemd still takes without a word."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue import OLDEST, known, lookup, parser_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

OLD_NAMES = frozenset((
    "BindTo", "CrashChVT", "DefaultStartLimitInterval",
    "InaccessibleDirectories", "PropagateReloadFrom", "PropagateReloadTo", "RateLimitInterval", "ReadOnlyDirectories",
    "ReadWriteDirectories", "Servers", "ShutdownWatchdogSec", "StartLimitInterval",
))  # fmt: skip
"""Those that set the very same property as their new name does (load-fragment-gperf.gperf.in and its kin)."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Where the release knows the new name in the same section, and reads its value alike."""
    kind = unit.name if unit.type == "conf" else "unit"
    for (section, directive), lines in unit.assignments.items():
        if directive not in OLD_NAMES:
            continue
        old = lookup(kind, section, directive)
        new = old and lookup(kind, section, str(old.get("replaced_by")))
        if not old or not new or not known(old, context.release) or not known(new, OLDEST):
            continue  # a name of late is not known to releases in use
        if parser_of(old, context.release) == parser_of(new, context.release):
            name = str(new["name"])
            for line in lines:
                yield Hit(line, {"new": name}, replacement=name, on_name=True)
