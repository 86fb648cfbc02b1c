"""UL279: Quadlets among units; UL296: names that look like those of other Quadlets (quadlet.go: ConvertVolume)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.quadlet.keys import quadlets_around
from unitlint.files.names import service_of
from unitlint.files.unread import where_quadlets_are_read
from unitlint.rules.model import Context, Hit, header_place
from unitlint.units.unit import Unit


def not_read_here(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A Quadlet among unit files, where Podman's generator does not look (podman-systemd.unit(5), search path)."""
    place = where_quadlets_are_read(os.path.dirname(os.path.abspath(unit.path))) if unit.has_fragment else ""
    header = header_place(unit, SECTIONS[unit.quadlet]) if place else None
    if header is not None:
        yield Hit(header, {"place": place})


KEYS = {"Volume": ("volume", "VolumeName"), "Network": ("network", "NetworkName")}


def without_suffix(unit: Unit, context: Context) -> Iterator[Hit]:
    """Volume= and Network= with the name of a file beside this one, but without its suffix."""
    section = SECTIONS[unit.quadlet]
    for key, (kind, naming) in KEYS.items():
        for line in unit.all(section, key):
            name = line.value.partition(":")[0]
            file = f"{name}.{kind}"
            if not name or "/" in name or file not in quadlets_around(unit, context):
                continue
            other = context.units.get(service_of(file))
            if other is None or other.value(kind.capitalize(), naming):
                continue
            fields = {"name": name, "file": file, "created": f"systemd-{name}", "kind": kind}
            yield Hit(line, fields, span=(0, len(name)))
