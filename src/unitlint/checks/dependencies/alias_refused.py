"""UL715: aliases that systemctl enable refuses (install.c: config_parse_alias, unit_validate_alias_symlink_or_warn)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue import UNIT_TYPES
from unitlint.checks.dependencies.names import references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

WITHOUT_ALIAS = ("mount", "swap", "automount", "slice", "scope")


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Names with specifiers of the instance are left alone."""
    for one in references(unit, "Alias", section="Install"):
        reason = _fault(unit, one.name)
        if reason is not None:
            yield Hit(one.line, {"name": one.name, "reason": reason}, span=one.span)


def _fault(unit: Unit, name: str) -> str | None:
    if "%" in name or "/" in name:
        return None
    if unit.type in WITHOUT_ALIAS:
        return f"units of type {unit.type} cannot have one, and `systemctl enable` leaves it out"
    suffix = name.rpartition(".")[2]
    if "." not in name or suffix not in UNIT_TYPES:
        return f"a unit name needs its suffix, here .{unit.type}, and `systemctl enable` refuses this one"
    if suffix != unit.type:
        return f"a {unit.type} cannot be linked as a {suffix}, and `systemctl enable` fails"
    if ("@" in unit.name) != ("@" in name):
        kinds = ("a template", "a plain name") if "@" in unit.name else ("a plain unit", "a template or instance")
        return f"{kinds[0]} cannot be linked as {kinds[1]}, and `systemctl enable` fails"
    return None
