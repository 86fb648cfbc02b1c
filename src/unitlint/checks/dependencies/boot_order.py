"""The order that systemd's own units have among themselves, for sets that do not hold them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

BOOT = (
    ("local-fs-pre.target", "local-fs.target"), ("local-fs.target", "sysinit.target"),
    ("swap.target", "sysinit.target"), ("cryptsetup.target", "sysinit.target"), ("sysinit.target", "basic.target"),
    ("sockets.target", "basic.target"), ("paths.target", "basic.target"),
    ("basic.target", "multi-user.target"), ("multi-user.target", "graphical.target"),
    ("network-pre.target", "network.target"), ("network.target", "network-online.target"),
)  # fmt: skip
"""The order that systemd's own targets have among themselves (bootup(7))."""
EARLY = (
    ("systemd-remount-fs.service", "local-fs-pre.target"), ("systemd-remount-fs.service", "systemd-sysusers.service"),
    ("systemd-sysusers.service", "systemd-tmpfiles-setup-dev.service"),
    ("systemd-tmpfiles-setup-dev.service", "local-fs-pre.target"), ("keyboard-setup.service", "local-fs-pre.target"),
    ("local-fs.target", "systemd-tmpfiles-setup.service"), ("systemd-tmpfiles-setup.service", "sysinit.target"),
    ("systemd-journald.socket", "systemd-journald.service"), ("systemd-journald.service", "sysinit.target"),
    ("systemd-journal-flush.service", "systemd-tmpfiles-setup.service"),
    ("systemd-udevd.service", "systemd-udev-trigger.service"), ("systemd-udev-trigger.service", "sysinit.target"),
    ("systemd-modules-load.service", "systemd-sysctl.service"), ("systemd-sysctl.service", "sysinit.target"),
    ("systemd-timesyncd.service", "sysinit.target"),
    ("systemd-resolved.service", "sysinit.target"), ("systemd-binfmt.service", "sysinit.target"),
    ("systemd-firstboot.service", "systemd-sysusers.service"),
    ("systemd-update-done.service", "sysinit.target"), ("systemd-hwdb-update.service", "systemd-udev-trigger.service"),
    ("kmod-static-nodes.service", "systemd-tmpfiles-setup-dev.service"), ("apparmor.service", "sysinit.target"),
    ("local-fs.target", "systemd-update-done.service"), ("local-fs.target", "apparmor.service"),
    ("local-fs.target", "systemd-machine-id-commit.service"), ("systemd-networkd.service", "network.target"),
    ("network-pre.target", "systemd-networkd.service"), ("NetworkManager.service", "network.target"),
    ("network-pre.target", "NetworkManager.service"), ("dbus.socket", "sockets.target"),
)  # fmt: skip
"""The order of systemd's own early units (units/*.service, 250 to 258), for sets that do not hold them."""
WITHOUT_DEFAULTS = frozenset(("local-fs.target", "timers.target"))
"""systemd's own targets that say DefaultDependencies=no, so that they wait for nothing that they pull in."""

Successors = Mapping[str, tuple[str, ...]]
"""By name the units that come right after one."""


def shipped(tree: str, here: Collection[str]) -> Successors:
    """What comes after each of systemd's own units, as far as the units ``here`` do not say it themselves; user
    managers have another order."""
    if not tree.startswith("system:"):
        return {}
    if _OF_EARLY.isdisjoint(here):
        return _OF_ALL
    return _successors([*BOOT, *[edge for edge in EARLY if edge[0] not in here]])


def _successors(edges: Iterable[tuple[str, str]]) -> Successors:
    found: dict[str, tuple[str, ...]] = {}
    for first, second in edges:
        found[first] = (*found.get(first, ()), second)
    return found


_OF_EARLY = frozenset([first for first, _ in EARLY])
_OF_ALL = _successors((*BOOT, *EARLY))


@lru_cache(maxsize=1024)
def leads_to(name: str) -> frozenset[str]:
    """A unit, and all that comes after it if it is one of systemd's own."""
    found = [name]
    for one in found:
        found += [after for after in _OF_ALL.get(one, ()) if after not in found]
    return frozenset(found)
