"""A service that runs as root with everything that root may do."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.finding import Span
from unitlint.checks.lifecycle.no_restart import looks_like_a_task
from unitlint.checks.service import CONTAINER_CLIENTS, LASTING_TYPES, is_early, is_of_session, is_whole
from unitlint.rules.model import Context, Hit, Place, header_place
from unitlint.units.commands import known_commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

HOLDS_IT = frozenset(
    ("Service", name)
    for name in (
        "User", "DynamicUser", "PAMName", "Delegate", "AppArmorProfile", "BindPaths", "BindReadOnlyPaths",
        "CapabilityBoundingSet", "DevicePolicy", "InaccessiblePaths", "IPAddressDeny", "LockPersonality",
        "MemoryDenyWriteExecute", "NoExecPaths", "NoNewPrivileges", "PrivateDevices", "PrivateIPC", "PrivateMounts",
        "PrivateNetwork", "PrivateTmp", "PrivateUsers", "ProtectClock", "ProtectControlGroups", "ProtectHome",
        "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectProc",
        "ProtectSystem", "ReadOnlyPaths", "RestrictAddressFamilies", "RestrictNamespaces", "RestrictRealtime",
        "RestrictSUIDSGID", "RootDirectory", "RootImage", "SELinuxContext", "SmackProcessLabel", "SystemCallFilter",
        "TTYPath", "TemporaryFileSystem",
    )
)  # fmt: skip
"""Any of these tells that somebody thought about it; login shells and container managers are left alone."""


SERVES_OTHERS = frozenset((
    *CONTAINER_CLIENTS, "sshd", "dropbear", "telnetd", "in.telnetd", "agetty", "getty", "mingetty", "login", "cron",
    "crond", "atd", "anacron", "inetd", "xinetd", "gdm", "gdm3", "sddm", "lightdm", "lxdm", "xdm", "dockerd",
    "containerd", "crio", "kubelet", "k3s", "nomad", "libvirtd", "virtqemud", "virtlxcd", "lxd", "incusd",
    "systemd-nspawn", "snapd", "automount", "udisksd",
))  # fmt: skip
"""Programs that start sessions, jobs or containers of others, mount for them, or call an engine: a sandbox would hold
for those as well (sudo of a person who came by sshd), or for nothing of the container."""


_TYPES = frozenset((*LASTING_TYPES, "dbus"))


def root_without_sandbox(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding at the header; the work of early boot is not looked at, nor what serves sessions of others."""
    if not HOLDS_IT.isdisjoint(unit.assignments) or not is_whole(unit):
        return
    kind = service_type(unit, context.release)
    if kind not in _TYPES or unit.is_on("Service", "RemainAfterExit") or not unit.all("Service", "ExecStart"):
        return
    if is_early(unit) or is_of_session(unit):
        return
    if kind in ("simple", "exec") and unit.last("Service", "Restart") is None and looks_like_a_task(unit, context):
        return
    started = known_commands(unit, context.release, "ExecStart")
    if any(command is not None and program(command) in SERVES_OTHERS for command in started):
        return
    place = header_place(unit, "Service")
    if place is not None:
        yield Hit(place)


NAMED = 3


def exposure_above_threshold(unit: Unit, context: Context) -> Iterator[Hit]:
    """By the arithmetic of ``systemd-analyze security``; nothing is computed until a threshold is set."""
    threshold = float(context.options["threshold"])
    if threshold >= 10 or not unit.has_fragment or unit.masked:
        return
    from unitlint.security.score import expose

    found = expose(unit, context.release)
    if found.value <= threshold:
        return
    costly = sorted((one for one in found.assessments if one.exposure), key=lambda one: -one.exposure)
    lines = {one.cause: f"{one.kind.id} costs {one.exposure / 10}" for one in reversed(costly) if one.cause is not None}
    yield Hit(
        _header(unit),
        {
            "exposure": found.value,
            "rating": found.rating,
            "threshold": threshold,
            "costliest": ", ".join(one.kind.id for one in costly[:NAMED]),
        },
        related=tuple(list(lines.items())[: -NAMED - 1 : -1]),
    )


def _header(unit: Unit) -> Place:
    document = unit.documents[0]
    line = next((one.line for one in document.headers if one.name == "Service"), 0)
    return document, document.line_span(line) if line else Span(1, 1, 1, 1)
