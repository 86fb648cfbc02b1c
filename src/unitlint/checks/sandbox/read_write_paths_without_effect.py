"""UL406: ReadWritePaths= where nothing is read-only."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.view import SECTION, hiding, is_below, path_items, view_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

IMAGES = ("RootImage", "RootDirectory", "MountImages", "ExtensionImages", "RootEphemeral")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding an assignment, and only if none of its paths has anything read-only above it."""
    if not unit.has_fragment or unit.masked or any(unit.all(SECTION, one) for one in IMAGES):
        return
    view = view_of(unit, context)
    helped: dict[int, bool] = {}
    seen = {}
    for item in path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"):
        key = id(item.assignment)
        above = any(is_below(item.path, mount.path) for mount in view.read_only)
        helped[key] = helped.get(key, False) or above or hiding(view, item.path) is not None
        seen[key] = item.assignment
    system = unit.last(SECTION, "ProtectSystem")
    for key, assignment in seen.items():
        if not helped[key]:
            yield Hit(assignment, related=((system, "this leaves it writable"),) if system is not None else ())
