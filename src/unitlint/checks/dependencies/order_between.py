"""Whether one unit is started before another one because of the units between them."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.references import REQUIRING, neighbour, references, stem_of
from unitlint.rules.model import Context
from unitlint.units.unit import Unit

MOST_UNITS = 60
"""So many units are looked at on the way; a longer one is not found."""
_SAME_FAMILY = 3
"""So many characters at the beginning of two names tell that they belong to one program."""


def comes_first(name: str, unit: Unit, context: Context) -> bool:
    """True where ``name`` is started before ``unit``: by a line of either, or by way of others.

    Such as ``After=multi-user.target``, which comes after local-fs.target, or a target before which ``name`` is.
    """
    other = neighbour(unit, name, context)
    ends = {name, *(_behind(other) if other is not None else ())}
    seen = {unit.name}
    queue = [reference.name for reference in references(unit, "After")]
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
    required = {reference.name for reference in references(unit, *REQUIRING)}
    return len(beginning) == _SAME_FAMILY and any(
        reference.name.startswith(beginning)
        and reference.name.endswith(".service")
        and reference.name in required
        and neighbour(unit, reference.name, context) is None
        for reference in references(unit, "After")
    )


def _behind(unit: Unit) -> Iterator[str]:
    """What comes after ``unit`` by its own lines; a target waits for what it pulls in."""
    yield from (reference.name for reference in references(unit, "Before"))
    if not unit.is_off("Unit", "DefaultDependencies"):
        yield from (reference.name for reference in references(unit, "WantedBy", "RequiredBy", section="Install"))


def _in_front_of(name: str, unit: Unit, context: Context) -> Iterator[str]:
    """What comes before the unit ``name``, as far as it is known."""
    from unitlint.checks.dependencies.order_graph import BOOT, EARLY

    other = neighbour(unit, name, context)
    if other is not None:
        yield from (reference.name for reference in references(other, "After"))
        if other.type == "target" and not other.is_off("Unit", "DefaultDependencies"):
            yield from (reference.name for reference in references(other, "Wants", "Requires"))
    if unit.scope == "system":
        yield from (first for first, second in (*BOOT, *EARLY) if second == name)
