"""Credentials and extensions, at the start and at reloads (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.checks.load.service_commands import has_command
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.service import first_credential
from unitlint.units.unit import Unit
from unitlint.values.typed import parse_boolean


@load_condition
def refresh_unused(unit: Unit, context: Context) -> Iterator[Hit]:
    """RefreshOnReload=credentials where there are none."""
    found = refreshes(unit, "credentials", context)
    if found is not None and first_credential(unit) is None:
        yield Hit(found)


@load_condition
def extensions_unused(unit: Unit, context: Context) -> Iterator[Hit]:
    """RefreshOnReload=extensions where nothing can be refreshed."""
    found = refreshes(unit, "extensions", context)
    if found is None:
        return
    if unit.scope == "user":
        yield Hit(found, {"why": "the user manager cannot refresh them"})
    elif not has_command(unit, context, "ExecStart"):
        yield Hit(found, {"why": "there is no ExecStart= whose process has them"})
    elif not any(_is_versioned(path) for path in _extensions(unit, context)):
        yield Hit(found, {"why": "no extension is a versioned directory (.v)"})


def _extensions(unit: Unit, context: Context) -> Iterator[str]:
    for directive in ("ExtensionImages", "ExtensionDirectories"):
        for assignment in unit.all("Service", directive):
            for word in assignment.value.split():
                yield word.removeprefix("-").partition(":")[0]


def _is_versioned(path: str) -> bool:
    """True for a path of which systemd picks the newest version (vpick.c: path_uses_vpick)."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[-1].endswith(".v"):
        return True
    return len(parts) > 1 and parts[-2].endswith(".v") and "___" in parts[-1]


def refreshes(unit: Unit, what: str, context: Context) -> Assignment | None:
    """The last RefreshOnReload= if ``what`` is all that it leaves switched on.

    The first plain list replaces the default (extensions) and further ones add to it; ``~`` takes away.
    """
    flags = {"extensions"}
    listed = False
    assignments = unit.all("Service", "RefreshOnReload")
    for assignment in assignments:
        truth = parse_boolean(assignment.value)
        names = set(assignment.value.removeprefix("~").split())
        if truth is not None:
            flags = {"extensions", "credentials"} if truth else set()
        elif assignment.value.startswith("~"):
            flags = flags - names
        else:
            flags = (flags if listed else set()) | names
        listed = True
    return assignments[-1] if assignments and flags == {what} else None
