"""UL701 and UL702: one half of "start network-online.target and wait for it" (systemd.special(7))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import REQUIRING, names_in, neighbour, references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TARGET = "network-online.target"
PULLING = ("Wants", "Upholds", *REQUIRING)
KNOWN_TO_PULL = ("docker.service", "remote-fs.target", "nfs-client.target")
"""Units of others that want the target themselves."""


def without_after(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL701: pulled in, not waited for."""
    pulls = [one for one in references(unit, *PULLING) if one.name == TARGET]
    if not pulls or not unit.has_fragment or unit.masked:
        return
    if any(one.name == TARGET for one in references(unit, "After", "Before")):
        return
    yield Hit(pulls[0].line, {}, span=pulls[0].span)


def not_wanted(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL702: waited for, not pulled in, neither here nor by what this unit pulls in."""
    waits = [one for line in unit.all("Unit", "After") if TARGET in line.value for one in names_in(unit, line)]
    waits = [one for one in waits if one.name == TARGET]
    if not waits or not unit.has_fragment or unit.masked or _is_pulled(unit, context, 2):
        return
    yield Hit(waits[0].line, {}, span=waits[0].span)


def _is_pulled(unit: Unit, context: Context, depth: int) -> bool:
    if any(line.value == TARGET for name in ("WantedBy", "RequiredBy") for line in unit.all("Install", name)):
        return True
    for one in references(unit, *PULLING):
        if one.name == TARGET or one.name in KNOWN_TO_PULL:
            return True
        other = neighbour(unit, one.name, context) if depth > 0 else None
        if other is not None and _is_pulled(other, context, depth - 1):
            return True
    return False
