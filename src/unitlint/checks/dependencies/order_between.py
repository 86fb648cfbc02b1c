"""Whether one unit is started before another one because of the units between them."""

from __future__ import annotations

from unitlint.checks.dependencies.boot_order import BOOT, EARLY
from unitlint.checks.references import REQUIRING, keys_of, names_of, neighbour, stem_of
from unitlint.rules.model import Context
from unitlint.units.unit import Unit

MOST_UNITS = 60
"""So many units are looked at on the way; a longer one is not found."""
_AFTER, _BEFORE = keys_of(("After",)), keys_of(("Before",))
_INSTALLED = keys_of(("WantedBy", "RequiredBy"), "Install")
_PULLED, _REQUIRING = keys_of(("Wants", "Requires")), keys_of(REQUIRING)
_SAME_FAMILY = 3
"""So many characters at the beginning of two names tell that they belong to one program."""


def comes_first(name: str, unit: Unit, context: Context) -> bool:
    """True where ``name`` is started before ``unit``: by a line of either, or by way of others.

    Such as ``After=multi-user.target``, which comes after local-fs.target, or a target before which ``name`` is.
    """
    other = neighbour(unit, name, context)
    ends = {name, *(_behind(other) if other is not None else ())}
    seen = {unit.name}
    queue = [*names_of(unit, _AFTER)]
    for between in queue:
        if between in ends:
            return True
        if between not in seen and len(seen) < MOST_UNITS:
            seen.add(between)
            queue += _in_front_of(between, unit, context)
    return False


def is_family_of_awaited(name: str, unit: Unit, context: Context) -> bool:
    """True where the unit waits for another service of the same program, which is not here and may well be after it.

    ``Requires=ovsdb-server.service ovs-vswitchd.service`` with ``After=ovs-vswitchd.service`` shows the kind.
    """
    beginning = stem_of(name)[:_SAME_FAMILY]
    required = set(names_of(unit, _REQUIRING))
    return len(beginning) == _SAME_FAMILY and any(
        awaited.startswith(beginning)
        and awaited.endswith(".service")
        and awaited in required
        and neighbour(unit, awaited, context) is None
        for awaited in names_of(unit, _AFTER)
    )


def _behind(unit: Unit) -> tuple[str, ...]:
    """What comes after ``unit`` by its own lines; a target waits for what it pulls in."""
    has_defaults = not unit.is_off("Unit", "DefaultDependencies")
    return names_of(unit, _BEFORE) + (names_of(unit, _INSTALLED) if has_defaults else ())


def _in_front_of(name: str, unit: Unit, context: Context) -> list[str]:
    """What comes before the unit ``name``, as far as it is known."""
    found: list[str] = []
    other = neighbour(unit, name, context)
    if other is not None:
        found += names_of(other, _AFTER)
        if other.type == "target" and not other.is_off("Unit", "DefaultDependencies"):
            found += names_of(other, _PULLED)
    if unit.scope == "system":
        found += [first for first, second in (*BOOT, *EARLY) if second == name]
    return found
