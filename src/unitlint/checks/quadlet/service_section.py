"""UL283 to UL286: what stands in [Service] of a Quadlet, and so goes to podman instead of the container."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

TAKEN = {"Type": ("notify", "oneshot"), "KillMode": ("mixed", "control-group")}
"""What the generator takes in .container and .kube files."""
INSTEAD = {
    "AmbientCapabilities": "AddCapability=", "BindPaths": "Volume=", "BindReadOnlyPaths": "Volume=",
    "CapabilityBoundingSet": "DropCapability= and AddCapability=", "DeviceAllow": "AddDevice=",
    "InaccessiblePaths": "Mask=", "MemoryDenyWriteExecute": "SeccompProfile=", "NoNewPrivileges": "NoNewPrivileges=",
    "PrivateDevices": "", "PrivateMounts": "", "PrivateNetwork": "Network=none", "PrivateTmp": "Tmpfs=/tmp",
    "PrivateUsers": "UserNS=", "ProtectControlGroups": "", "ProtectHome": "", "ProtectKernelTunables": "Mask=",
    "ProtectProc": "Mask=", "ProtectSystem": "ReadOnly=true", "ReadOnlyPaths": "ReadOnly=true",
    "RestrictAddressFamilies": "SeccompProfile=", "RestrictNamespaces": "", "RestrictSUIDSGID": "NoNewPrivileges=",
    "RootDirectory": "Rootfs=", "SystemCallFilter": "SeccompProfile=", "TemporaryFileSystem": "Tmpfs=",
}  # fmt: skip
"""Settings that confine podman, with what does the same to a container."""


def type_or_kill_mode_refused(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Of pods and the others the generator takes every value, or sets its own."""
    for directive, words in TAKEN.items():
        line = _written(unit, directive)
        if line is not None and line.value not in words:
            yield Hit(
                line, {"taken": " and ".join(words)}, suggestion=f"write `{directive}={words[0]}`, or leave it out"
            )


def second_command(unit: Unit, _context: Context) -> Iterator[Hit]:
    """ExecStart= of one's own, to which the generator adds its own; a oneshot runs both."""
    if unit.value("Service", "Type") == "oneshot":
        return
    line = next((one for one in unit.assignments.get(("Service", "ExecStart"), ()) if one.value), None)
    if line is not None and any(one.directive == "ExecStart" for one in unit.generated):
        generated = next(one for one in unit.generated if one.directive == "ExecStart")
        yield Hit(line, {"added": generated.value.partition(" -")[0]}, on_name=True)


def user(unit: Unit, _context: Context) -> Iterator[Hit]:
    """User=, Group= and DynamicUser=yes."""
    for directive in ("User", "Group", "DynamicUser"):
        line = _written(unit, directive)
        if line is None or line.value in ("root", "0"):
            continue
        if directive != "DynamicUser" or boolean(line.value) is True:
            yield Hit(line)


def confines_podman(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each setting that is switched on."""
    for directive, instead in INSTEAD.items():
        line = _written(unit, directive)
        if line is None or not line.value or boolean(line.value) is False:
            continue
        hint = (
            f"for the container write {instead} in [Container]" if instead else "leave it out; podman does that itself"
        )
        yield Hit(line, {}, suggestion=hint)


def _written(unit: Unit, directive: str) -> Assignment | None:
    """The line that decides, unless the generator added it."""
    line = unit.last("Service", directive)
    return None if line is None or any(line is one for one in unit.generated) else line
