"""UL245 to UL247: automounts that systemd refuses (automount.c: automount_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import last, load_condition, section_place
from unitlint.checks.load.names import misnamed
from unitlint.checks.load.paths import path_value, simplified
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

RESERVED = ("fd", "pgrp", "minproto", "maxproto", "direct", "indirect")


@load_condition
def root(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL245: the root directory is always mounted."""
    path, line = path_value(unit, "Automount", "Where", context)
    if path is not None and simplified(path) == "/":
        yield Hit(line or section_place(unit, "Automount"))


@load_condition
def name_mismatch(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL246: the unit's name is not that of its Where=."""
    path, _ = path_value(unit, "Automount", "Where", context)
    if path is None or simplified(path) != "/":
        yield from misnamed(unit, "Automount", "Where", context)


@load_condition
def reserved_option(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL247: an option that systemd itself sets."""
    options = last(unit, "Automount", "ExtraOptions", context)
    if options is None:
        return
    at = 0
    for option in options.value.split(","):
        name = option.partition("=")[0]
        if name in RESERVED:
            yield Hit(options, {"option": name}, span=(at, at + len(option)))
            return
        at += len(option) + 1
