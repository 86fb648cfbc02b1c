"""Automount units and the mount units that they start (automount.c: automount_start)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.misspelt import is_known_name
from unitlint.checks.references import neighbour, references, stem_of
from unitlint.rules.model import Context, Hit, header_place
from unitlint.units.unit import Unit


def without_mount(unit: Unit, context: Context) -> Iterator[Hit]:
    """No mount unit of the same name; one may come from /etc/fstab, and from files that were not named."""
    name = f"{stem_of(unit.name)}.mount"
    if not unit.has_fragment or unit.masked or "@" in unit.name or is_known_name(name):
        return
    if getattr(context.units, "partial", False) or name in context.units:
        return
    at = unit.last("Automount", "Where") or header_place(unit, "Automount")
    if at is not None:
        yield Hit(at, {"name": name})


def enabled_with_mount(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the [Install] of the mount unit, where the automount has one as well."""
    mount = neighbour(unit, f"{stem_of(unit.name)}.mount", context)
    own = references(unit, "WantedBy", "RequiredBy", section="Install")
    if mount is None or not own or mount.masked:
        return
    for reference in references(mount, "WantedBy", "RequiredBy", section="Install"):
        fields = {"automount": unit.name, "mount": mount.name, "target": reference.name}
        yield Hit(reference.line, fields, ((own[0].line, "the automount is started as well"),), span=reference.span)
        return
