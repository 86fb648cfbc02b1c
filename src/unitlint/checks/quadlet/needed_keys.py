"""UL280 and UL281: keys without which, or beside which, the generator makes no service (quadlet.go: Convert…)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.quadlet.keys import SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import header_place
from unitlint.units.unit import Unit

NEEDED = {
    "container": ("Image", "Rootfs"), "kube": ("Yaml",), "image": ("Image",), "build": ("ImageTag",),
}  # fmt: skip
"""Of each type the keys of which one must be set."""
EXCLUSIVE = {
    "container": (("Image", "Rootfs"), ("ReloadCmd", "ReloadSignal")),
}
ONLY_WITH = {
    "container": (("Group", "User"),),
    "network": (("Gateway", "Subnet"), ("IPRange", "Subnet")),
    "volume": (("Type", "Device"), ("Options", "Device")),
}
"""Keys with the one that each of them needs beside it."""


def key_missing(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the header of the section; drop-ins alone may add to a file that has the key."""
    if not unit.has_fragment:
        return
    section = SECTIONS[unit.quadlet]
    wanted = [NEEDED.get(unit.quadlet, ())]
    if unit.quadlet == "build" and not unit.value("Service", "WorkingDirectory"):
        wanted.append(("SetWorkingDirectory", "File"))
    if unit.quadlet == "volume" and unit.value(section, "Driver") == "image":
        wanted.append(("Image",))
    for names in wanted:
        if names and not any(unit.value(section, name) for name in names):
            place = header_place(unit, section)
            if place is not None:
                yield Hit(place, {"keys": " or ".join(f"{name}=" for name in names), "file": unit.quadlet})


def keys_at_odds(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the second of two keys that exclude each other, and at a key that needs another one."""
    section = SECTIONS[unit.quadlet]
    for one, other in EXCLUSIVE.get(unit.quadlet, ()):
        first, second = unit.last(section, one), unit.last(section, other)
        if first is not None and second is not None:
            yield Hit(second, {"problem": f"does not go with {one}="}, ((first, "set here"),), on_name=True)
    if unit.quadlet == "volume" and unit.value(section, "Driver") == "image":
        return  # nobody asks for the others then
    for one, other in ONLY_WITH.get(unit.quadlet, ()) if unit.has_fragment else ():
        line = unit.last(section, one)
        if line is not None and not unit.value(section, other):
            yield Hit(line, {"problem": f"needs {other}="}, on_name=True)
