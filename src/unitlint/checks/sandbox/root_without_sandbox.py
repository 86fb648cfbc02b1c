"""UL401: a service that runs as root with everything that root may do."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import LASTING_TYPES, is_whole, is_yes
from unitlint.checks.lifecycle.no_restart import looks_like_a_task
from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import header_place
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


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding at the header; the work of early boot is not looked at."""
    if unit.scope == "user" or not HOLDS_IT.isdisjoint(unit.assignments) or not is_whole(unit):
        return
    if not unit.all("Service", "ExecStart") or unit.value("Unit", "DefaultDependencies") in ("no", "false"):
        return
    kind = service_type(unit, context.release)
    if kind not in (*LASTING_TYPES, "dbus") or is_yes(unit, "Service", "RemainAfterExit"):
        return
    if kind in ("simple", "exec") and unit.last("Service", "Restart") is None and looks_like_a_task(unit, context):
        return
    place = header_place(unit, "Service")
    if place is not None:
        yield Hit(place)
