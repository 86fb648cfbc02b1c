"""UL734: a unit that is to be started by a target of which nothing is known."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.known_units import system_units, user_units
from unitlint.checks.dependencies.names import references
from unitlint.rules.model import Context, Hit
from unitlint.units.names import template_of
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Neither systemd's own nor in the checked set; with a root tree other rules look there, and what is missing
    where only some files were named may be elsewhere."""
    if context.root is not None or getattr(context.units, "partial", False):
        return
    for directive in ("WantedBy", "RequiredBy", "UpheldBy"):
        for one in references(unit, directive, section="Install"):
            names = {one.name, template_of(one.name) or one.name}
            known = names & (system_units() | user_units()) or any(name in context.units for name in names)
            if one.name.endswith(".target") and "%" not in one.name and not known:
                yield Hit(one.line, {"name": one.name}, span=one.span)
