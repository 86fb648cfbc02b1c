"""How bad a setting is, assessment by assessment (the assess_ functions of analyze-security.c).

Each function is given the settings and the assessment's parameter and answers a number from 0 to the assessment's
range, or None where the assessment does not apply.
"""

from __future__ import annotations

from unitlint.security.syscalls import assessed
from unitlint.security.values import capability_bits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from unitlint.security.settings import ServiceSettings

if TYPE_CHECKING:
    Badness = Callable[[ServiceSettings, Any], "int | None"]

ROOT = ("root", "0")
FAMILIES = {
    "INET6": ("AF_INET", "AF_INET6"),
    "UNIX": ("AF_UNIX",),
    "NETLINK": ("AF_NETLINK",),
    "PACKET": ("AF_PACKET",),
}
_NAMED = frozenset(name for names in FAMILIES.values() for name in names)


def switch(settings: ServiceSettings, directive: str) -> int:
    """1 where the switch is off."""
    return int(settings.values[directive] == "no")


def delegate(settings: ServiceSettings, _: object) -> int:
    """1 where it is on."""
    return int(settings.values["Delegate"] == "yes")


def user(settings: ServiceSettings, _: object) -> int:
    """assess_user: root counts fully, nobody nearly so; the services of users are never root (since 262)."""
    if settings.values["User"] == "nobody":
        return 9
    return 10 if _runs_as_root(settings) else 0


def _belongs_to_user(settings: ServiceSettings) -> bool:
    return settings.user_manager and settings.release >= 262


def _runs_as_root(settings: ServiceSettings) -> bool:
    if _belongs_to_user(settings):
        return False
    name = settings.values["User"]
    return name in ROOT or not (settings.values["DynamicUser"] == "yes" or name)


def remove_ipc(settings: ServiceSettings, _: object) -> int | None:
    """Does not apply to root, nor (since 262) to the services of users."""
    if _runs_as_root(settings) or _belongs_to_user(settings):
        return None
    return switch(settings, "RemoveIPC")


def supplementary_groups(settings: ServiceSettings, _: object) -> int | None:
    """Does not apply to root."""
    return None if _runs_as_root(settings) else int(bool(settings.values["SupplementaryGroups"]))


def capability_bounding_set(settings: ServiceSettings, names: tuple[str, ...]) -> int:
    """1 where one of the capabilities is left."""
    bits = _bits.get(names)
    if bits is None:
        bits = _bits[names] = capability_bits(names, settings.release)
    return int(bool(settings.values["CapabilityBoundingSet"] & bits))


_bits: dict[tuple[str, ...], int] = {}


def ambient_capabilities(settings: ServiceSettings, _: object) -> int:
    """1 where the service receives any."""
    return int(bool(settings.values["AmbientCapabilities"]))


def device_allow(settings: ServiceSettings, _: object) -> int:
    """assess_device_allow."""
    if settings.values["DevicePolicy"] == "auto":
        return 10
    return 5 if settings.values["DeviceAllow"] else 0


def ip_address_allow(settings: ServiceSettings, _: object) -> int:
    """assess_ip_address_allow: filters of one's own satisfy it, whatever they do."""
    held = settings.values
    if held["IPIngressFilterPath"] or held["IPEgressFilterPath"]:
        return 0
    if len(held["IPAddressDeny"]) < 2:
        return 10
    allowed = held["IPAddressAllow"]
    return 5 if "other" in allowed else 2 if allowed else 0


def keyring_mode(settings: ServiceSettings, _: object) -> int:
    """0 for a keyring of its own only."""
    return int(settings.values["KeyringMode"] != "private")


def notify_access(settings: ServiceSettings, _: object) -> int:
    """1 where every process of the service may speak to the manager."""
    return int(settings.values["NotifyAccess"] == "all")


def proc_subset(settings: ServiceSettings, _: object) -> int:
    """0 for ``pid``."""
    return int(settings.values["ProcSubset"] != "pid")


def protect_proc(settings: ServiceSettings, _: object) -> int:
    """0 to 3."""
    return {"default": 3, "noaccess": 1}.get(settings.values["ProtectProc"], 0)


def protect_home(settings: ServiceSettings, _: object) -> int:
    """0 to 10."""
    return {"no": 10, "read-only": 5, "tmpfs": 1}.get(settings.values["ProtectHome"], 0)


def protect_system(settings: ServiceSettings, _: object) -> int:
    """0 to 10."""
    return {"no": 10, "yes": 5, "full": 3}.get(settings.values["ProtectSystem"], 0)


def address_family(settings: ServiceSettings, family: str) -> int:
    """1 where sockets of that kind can be made.

    Of a list that denies, one family of a kind is enough to count the kind as restricted.
    """
    allows, listed = settings.values["RestrictAddressFamilies"]
    if family == "OTHER":
        named = any(name not in _NAMED for name in listed or ())
    else:
        named = any(name in FAMILIES[family] for name in listed or ())
    return int(named == allows)


def restrict_namespaces(settings: ServiceSettings, kind: str) -> int:
    """1 where namespaces of that kind can be made."""
    return int(kind in settings.values["RestrictNamespaces"])


def root_directory(settings: ServiceSettings, _: object) -> int:
    """1 where the service sees the host's root."""
    held = settings.values
    return int(not (held["RootDirectory"].strip("/") or held["RootImage"].strip("/")))


def system_call_architectures(settings: ServiceSettings, _: object) -> int:
    """10 where none is said, 0 for ``native`` alone."""
    found = settings.values["SystemCallArchitectures"]
    return 0 if found == {"native"} else 8 if found else 10


def system_call_filter(settings: ServiceSettings, group: str) -> int:
    """assess_system_call_filter: a list that allows a call of the group is a little better than none."""
    allows, listed = settings.values["SystemCallFilter"]
    if not allows and not listed:
        return 10
    calls = assessed(group, settings.release)
    if allows:
        return 9 if calls & listed else 0
    return 10 if calls - listed else 0


def umask(settings: ServiceSettings, _: object) -> int:
    """By the first of the bits that the mask leaves."""
    mask = settings.values["UMask"]
    for bit, badness in ((0o002, 10), (0o004, 5), (0o020, 2), (0o040, 1)):
        if not mask & bit:
            return badness
    return 0


FUNCTIONS: dict[str, Badness] = {
    "address_family": address_family,
    "ambient_capabilities": ambient_capabilities,
    "bool": switch,
    "capability_bounding_set": capability_bounding_set,
    "delegate": delegate,
    "device_allow": device_allow,
    "ip_address_allow": ip_address_allow,
    "keyring_mode": keyring_mode,
    "notify_access": notify_access,
    "proc_subset": proc_subset,
    "protect_home": protect_home,
    "protect_proc": protect_proc,
    "protect_system": protect_system,
    "remove_ipc": remove_ipc,
    "restrict_namespaces": restrict_namespaces,
    "root_directory": root_directory,
    "supplementary_groups": supplementary_groups,
    "system_call_architectures": system_call_architectures,
    "system_call_filter": system_call_filter,
    "umask": umask,
    "user": user,
}
"""By the name that ``_assessments`` gives."""
