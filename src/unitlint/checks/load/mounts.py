"""Mounts that systemd refuses (mount.c: mount_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.load.condition import given, load_condition, section_place
from unitlint.checks.load.paths import has_parent, is_below, path_value
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.faults import is_too_long
from unitlint.values.mount_names import MAX_NAME, simplified, unit_name_of

API = frozenset(
    (
        "/proc", "/sys", "/dev", "/sys/kernel/security", "/sys/fs/smackfs", "/dev/shm", "/dev/pts", "/run",
        "/sys/fs/pstore", "/sys/firmware/efi/efivars", "/sys/fs/bpf", "/sys/fs/selinux", "/dev/console", "/proc/kmsg",
        "/proc/sys", "/proc/sys/kernel/random/boot_id",
    )
)  # fmt: skip
API_TREES = ("/sys/fs/cgroup", "/run/host")
ROOT = "-.mount"
"""The root file system is mounted before systemd runs, whatever its unit says."""
RUN_LOCK_UNTIL = 254
"""Until then Debian's systemd, which the recordings were made with, mounts /run/lock itself."""


_HASHED = late_pattern(r"_[0-9a-f]{16}\.")
"""How the names of units end whose path is too long for one, since 251 (unit-name.c: unit_name_hash_long)."""
_RELATIVE = late_pattern(r"%[HlmbvqugGUw]")
"""Specifiers of the host that never begin with a slash, and are never empty."""


def misnamed(unit: Unit, section: str, directive: str, context: Context) -> Iterator[Hit]:
    """A hit where the path of ``directive`` makes another name than the unit has."""
    if "@" in unit.name:
        return  # template-impossible says it
    path, line = path_value(unit, section, directive, context)
    if path is None and line is not None and (section != "Swap" or not _RELATIVE.match(line.value)):
        return
    if path is not None and (has_parent(path, context.release) or is_too_long(path, context.release)):
        return  # no mount can hold it: loading ends before the name is compared (unit.c: unit_require_mounts_for)
    name = unit_name_of(path, unit.type) if path is not None else None
    if name == unit.name or (name is not None and len(name) > MAX_NAME and _HASHED.search(unit.name)):
        return
    if name is not None and name.replace("\\x2d", "-") == unit.name and unit.may_be_renamed:
        return  # in a repository no file name holds a backslash
    yield Hit(
        line or section_place(unit, section), {"expected": name or f"a name made from its path, ending in .{unit.type}"}
    )


@load_condition
def name_mismatch(unit: Unit, context: Context) -> Iterator[Hit]:
    """The unit's name is not that of its Where=."""
    yield from misnamed(unit, "Mount", "Where", context)


@load_condition
def without_what(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the What= that was taken back or ignored, else at the section."""
    if unit.name == ROOT or unit.last("Mount", "What") is not None:
        return
    yield Hit(given(unit, "Mount", "What") or section_place(unit, "Mount"), on_name=True)


@load_condition
def api_file_system(unit: Unit, context: Context) -> Iterator[Hit]:
    """A place that systemd mounts itself at boot."""
    path, line = path_value(unit, "Mount", "Where", context)
    if path is None:
        return
    path = simplified(path)
    if (
        path in API
        or any(is_below(path, top) for top in API_TREES)
        or (path == "/run/lock" and context.release <= RUN_LOCK_UNTIL)
    ):
        yield Hit(line or section_place(unit, "Mount"), {"path": path})


@load_condition
def credential_mount(unit: Unit, context: Context) -> Iterator[Hit]:
    """Below the folder in which systemd mounts the credentials of services."""
    path, line = path_value(unit, "Mount", "Where", context)
    top = "/run/credentials" if unit.scope == "system" else "/run/user/1000/credentials"
    if path is None or not is_below(path, top):
        return
    yield Hit(line or section_place(unit, "Mount"), {"path": simplified(path)})


RESERVED = ("fd", "pgrp", "minproto", "maxproto", "direct", "indirect")


@load_condition
def automount_on_root(unit: Unit, context: Context) -> Iterator[Hit]:
    """The root directory is always mounted."""
    path, line = path_value(unit, "Automount", "Where", context)
    if path is not None and simplified(path) == "/":
        yield Hit(line or section_place(unit, "Automount"))


@load_condition
def automount_name_mismatch(unit: Unit, context: Context) -> Iterator[Hit]:
    """The unit's name is not that of its Where=."""
    path, _ = path_value(unit, "Automount", "Where", context)
    if path is None or simplified(path) != "/":
        yield from misnamed(unit, "Automount", "Where", context)


@load_condition
def reserved_option(unit: Unit, context: Context) -> Iterator[Hit]:
    """An option that systemd itself sets."""
    options = unit.last("Automount", "ExtraOptions")
    if options is None:
        return
    at = 0
    for option in options.value.split(","):
        name = option.partition("=")[0]
        if name in RESERVED:
            yield Hit(options, {"option": name}, span=(at, at + len(option)))
            return
        at += len(option) + 1


@load_condition
def swaps(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the What=, or at the section where the name is that of no path."""
    yield from misnamed(unit, "Swap", "What", context)
