"""UL431 and UL432: what DynamicUser=yes decides by itself (unit.c: unit_patch_contexts)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION, on
from unitlint.checks.sandbox.view import EXEC_DIRECTORIES, is_below, path_items
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

FORCED = {
    "NoNewPrivileges": "yes",
    "PrivateTmp": "yes",
    "ProtectHome": "read-only",
    "RemoveIPC": "yes",
    "RestrictSUIDSGID": "yes",
}
LASTING = ("/var/lib", "/var/log", "/var/cache", "/var/spool", "/srv", "/opt", "/home", "/etc", "/data", "/mnt")


def overrides(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A weaker value that is written down and does not count."""
    dynamic = on(unit, "DynamicUser")
    if dynamic is None:
        return
    for name, forced in FORCED.items():
        line = unit.last(SECTION, name)
        if line is not None and boolean(line.value) is False:
            yield Hit(line, {"forced": f"{name}={forced}"}, ((dynamic, "decides it"),))
    system = unit.last(SECTION, "ProtectSystem")
    if system is not None and system.value != "strict":
        yield Hit(system, {"forced": "ProtectSystem=strict"}, ((dynamic, "decides it"),))


def writes_elsewhere(unit: Unit, context: Context) -> Iterator[Hit]:
    """Places that outlast the user, and that no directive hands over to the next one."""
    dynamic = on(unit, "DynamicUser")
    if dynamic is None or unit.all(SECTION, "SupplementaryGroups") or unit.all(SECTION, "Group"):
        return
    own = [f"{root}/" for root, _ in EXEC_DIRECTORIES.values()]
    named = {f"{root}/{word}" for (name, (root, _)) in EXEC_DIRECTORIES.items() for word in _words(unit, name)}
    for item in path_items(unit, context, "ReadWritePaths"):
        lasting = any(is_below(item.path, one) for one in LASTING)
        handed_over = any(is_below(item.path, one) for one in named) and any(item.path.startswith(one) for one in own)
        if lasting and not handed_over:
            related = ((dynamic, "another user at the next start"),)
            yield Hit(item.assignment, {"path": item.text}, related, span=(item.start, item.end))


def _words(unit: Unit, name: str) -> list[str]:
    return [word.partition(":")[0] for line in unit.all(SECTION, name) for word in line.value.split()]
