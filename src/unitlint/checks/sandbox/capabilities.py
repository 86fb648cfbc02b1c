"""Which capabilities a service may have (load-fragment.c: config_parse_capability_set, unit.c: unit_patch_contexts)."""

from __future__ import annotations

from unitlint.checks.sandbox.facts import SECTION, on
from unitlint.grammar.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

DROPPED_BY = {
    "PrivateDevices": ("CAP_MKNOD", "CAP_SYS_RAWIO"),
    "ProtectKernelModules": ("CAP_SYS_MODULE",),
    "ProtectKernelLogs": ("CAP_SYSLOG",),
    "ProtectClock": ("CAP_SYS_TIME", "CAP_WAKE_ALARM"),
}


def all_capabilities() -> frozenset[str]:
    """Every capability there is, by name."""
    from unitlint.catalogue import facts

    return frozenset(entry["name"] for entry in facts("capabilities"))


def capability_set(unit: Unit, directive: str) -> frozenset[str] | None:
    """What the lines of a directive add up to; None where there are none.

    The first line replaces the default, a later one adds to it or, with ``~``, takes away; an empty one empties.
    """
    lines = unit.assignments.get((SECTION, directive), ())
    if not lines:
        return None
    everything = all_capabilities()
    default = everything if directive == "CapabilityBoundingSet" else frozenset()
    found = default
    for line in lines:
        inverted = line.value.startswith("~")
        named = frozenset(word.text.upper() for word in split_words(line.value.removeprefix("~"))) & everything
        if not named or found == default:
            found = everything - named if inverted else named
        else:
            found = found - named if inverted else found | named
    return found


def kept_from(unit: Unit, capability: str) -> Assignment | None:
    """The line that takes ``capability`` out of the bounding set, if one does."""
    for name, dropped in DROPPED_BY.items():
        line = on(unit, name)
        if line is not None and capability in dropped:
            return line
    bounding = capability_set(unit, "CapabilityBoundingSet")
    if bounding is None or capability in bounding:
        return None
    return unit.assignments[SECTION, "CapabilityBoundingSet"][-1]
