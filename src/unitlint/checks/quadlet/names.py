"""UL296: names that look like those of other Quadlets, which are called otherwise (quadlet.go: ConvertVolume)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.quadlet.keys import quadlets_around
from unitlint.files.names import service_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

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
