"""UL444, UL445 and UL447: namespaces that are not shared where they should be, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION, called, exec_lines, on, own_mounts
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

SHARED = (
    "DynamicUser", "PrivateTmp", "PrivateNetwork", "PrivateIPC", "NetworkNamespacePath", "IPCNamespacePath",
    "PrivateUsers", "UserNamespacePath",
)  # fmt: skip
MOUNTERS = ("mount", "umount", "sshfs", "bindfs", "mergerfs", "s3fs", "gocryptfs", "encfs", "glusterfs", "ceph-fuse")


def joins_alone(unit: Unit, _context: Context) -> Iterator[Hit]:
    """JoinsNamespaceOf= shares what both units have of their own, and this one has nothing."""
    lines = unit.all("Unit", "JoinsNamespaceOf")
    section = unit.type.capitalize()
    if lines and unit.has_fragment and not any(unit.all(section, name) for name in SHARED):
        yield Hit(lines[-1])


def delegated_and_read_only(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Delegate= hands over a tree of control groups, and the other line makes it read-only (private is writable)."""
    delegate, protect = on(unit, "Delegate"), on(unit, "ProtectControlGroups")
    if delegate is not None and protect is not None and protect.value != "private":
        yield Hit(delegate, {"protect": f"ProtectControlGroups={protect.value}"}, ((protect, "read-only"),))


def mount_stays_inside(unit: Unit, context: Context) -> Iterator[Hit]:
    """What a service with a mount namespace mounts is seen by nobody else; ``+`` runs outside of it."""
    cause = own_mounts(unit) if unit.value(SECTION, "MountFlags") != "shared" else None
    for line, command in exec_lines(unit, context) if cause is not None else ():
        words = called(command)
        mounts = words[0] in MOUNTERS or words[0].startswith("mount.") or words[:2] == ["rclone", "mount"]
        if cause is not None and mounts and "+" not in command.prefixes:
            fields = {"program": words[0], "cause": f"{cause.directive}={cause.value[:40]}"}
            span = (command.path_start, command.path_end)
            yield Hit(line, fields, ((cause, "mounts of its own"),), span=span)
