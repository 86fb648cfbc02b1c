"""UL433 to UL435: what a user's own manager has no right to do (exec-invoke.c, bpf-firewall.c, cgroup.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION, on
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.typed import integer

NEEDS_PRIVILEGES = (
    "DeviceAllow", "DevicePolicy", "IPAddressAllow", "IPAddressDeny", "IPEgressFilterPath", "IPIngressFilterPath",
    "RestrictFileSystems", "RestrictNetworkInterfaces", "SocketBindAllow", "SocketBindDeny",
)  # fmt: skip
"""Programs of BPF, which only a privileged manager can load."""
NEEDS_NAMESPACE = (
    "ExecPaths", "InaccessiblePaths", "NoExecPaths", "PrivateIPC", "PrivateMounts", "PrivateNetwork", "PrivateTmp",
    "ProtectControlGroups", "ProtectHome", "ProtectKernelTunables", "ProtectProc", "ProtectSystem", "ReadOnlyPaths",
    "ReadWritePaths",
)  # fmt: skip
DROPS_CAPABILITIES = ("PrivateDevices", "ProtectClock", "ProtectKernelLogs", "ProtectKernelModules")
USER_NAMESPACE_IMPLIED = 254


def without_effect(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silently passed over; the rest of the unit works."""
    if unit.scope != "user":
        return
    for name in NEEDS_PRIVILEGES:
        for filtering in unit.all(SECTION, name)[-1:]:
            yield Hit(filtering, {"reason": "only the system manager may load such filters"})
    score_line = unit.last(SECTION, "OOMScoreAdjust")
    score = None if score_line is None else integer(score_line.value)
    if score_line is not None and score is not None and score < 0:
        yield Hit(score_line, {"reason": "only a privileged process may lower its score"})
    if context.release >= USER_NAMESPACE_IMPLIED or on(unit, "PrivateUsers"):
        return
    for name in NEEDS_NAMESPACE:
        line = on(unit, name)
        if line is not None:
            reason = f"before {USER_NAMESPACE_IMPLIED} it works there only together with PrivateUsers=yes"
            yield Hit(line, {"reason": reason})


def cannot_start(unit: Unit, context: Context) -> Iterator[Hit]:
    """What ends in status=216/GROUP or 218/CAPABILITIES."""
    if unit.scope != "user":
        return
    for name in ("User", "Group", "SupplementaryGroups"):
        named = unit.last(SECTION, name)
        if named is not None and named.value:
            yield Hit(named, {"reason": "a user's manager cannot change users or groups", "status": "216/GROUP"})
    ambient = unit.last(SECTION, "AmbientCapabilities")
    if ambient is not None and ambient.value:
        yield Hit(ambient, {"reason": "a user's manager has no capabilities to give", "status": "218/CAPABILITIES"})
    if context.release >= USER_NAMESPACE_IMPLIED or on(unit, "PrivateUsers"):
        return
    for name in DROPS_CAPABILITIES:
        line = on(unit, name)
        if line is not None:
            reason = f"before {USER_NAMESPACE_IMPLIED} it needs the right to drop capabilities"
            yield Hit(line, {"reason": reason, "status": "218/CAPABILITIES"})


def private_users_with_paths(unit: Unit, _context: Context) -> Iterator[Hit]:
    """PrivateUsers= beside a list of paths in a user unit (systemd issue 28189)."""
    private = on(unit, "PrivateUsers") if unit.scope == "user" else None
    for name in ("ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths") if private is not None else ():
        for line in unit.all(SECTION, name):
            if private is not None:
                yield Hit(line, {}, ((private, "together with this"),))
                return
