"""What starts before the network is there, and what is meant for the shutdown but starts at boot (bootup(7))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import references
from unitlint.checks.service import is_whole
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

NETWORK_FILE_SYSTEMS = frozenset((
    "afs", "ceph", "cifs", "smb3", "smbfs", "sshfs", "ncpfs", "ncp", "nfs", "nfs4", "gfs", "gfs2", "glusterfs",
    "pvfs2", "ocfs2", "lustre", "davfs", "9p", "curlftpfs",
))  # fmt: skip
"""Types that systemd knows for network ones, with or without "fuse." (mountpoint-util.c: fstype_is_network), and two
of which that depends on the release."""
NETWORK = ("network-online.target", "network.target", "NetworkManager.service", "NetworkManager-wait-online.service")
_IP = late_pattern(r"(?:(\d{1,3}(?:\.\d{1,3}){3})|\[((?=[0-9A-Fa-f]*:)[0-9A-Fa-f:.]+)\]):\d{1,5}")
EVERYWHERE = ("0.", "127.", "255.")
LOCAL = ("::", "::1")
SHUTDOWNS = ("reboot.target", "halt.target", "poweroff.target")
AT_BOOT = ("multi-user.target", "default.target", "graphical.target", "basic.target", "sysinit.target")


def mount_after_network(unit: Unit, _context: Context) -> Iterator[Hit]:
    """mount.c: mount_add_default_ordering_dependencies; a swap of names is no cycle for systemd-networkd alone."""
    if not is_whole(unit) or unit.scope != "system" or unit.is_off("Unit", "DefaultDependencies"):
        return
    kind = unit.value("Mount", "Type")
    options = unit.value("Mount", "Options").split(",")
    if not kind or "%" in kind or kind.removeprefix("fuse.") in NETWORK_FILE_SYSTEMS or "bind" in options:
        return
    if {"_netdev", "nofail", "x-initrd.mount", "rbind"} & set(options):
        return
    for reference in references(unit, "After"):
        if reference.name in NETWORK:
            yield Hit(reference.line, {"name": reference.name, "type": kind}, span=reference.span)
            return


AFTER_LOCAL_FS = (
    "local-fs.target", "sysinit.target", "basic.target", "multi-user.target", "graphical.target", "default.target",
    "docker.service", "containerd.service", "podman.service", "libvirtd.service", "sshd.service", "ssh.service",
)  # fmt: skip
"""Units that are started when local-fs.target is reached, by systemd's own order or by default."""


def mount_after_local_fs(unit: Unit, _context: Context) -> Iterator[Hit]:
    """mount.c: mount_add_default_ordering_dependencies, for what is no network file system."""
    if not is_whole(unit) or unit.scope != "system" or unit.is_off("Unit", "DefaultDependencies"):
        return
    kind = unit.value("Mount", "Type")
    if "%" in kind or kind.removeprefix("fuse.") in NETWORK_FILE_SYSTEMS:
        return
    if {"_netdev", "nofail", "x-initrd.mount"} & set(unit.value("Mount", "Options").split(",")):
        return
    for reference in references(unit, "After"):
        if reference.name in AFTER_LOCAL_FS:
            itself = reference.name == "local-fs.target"
            way = reference.name if itself else f"{reference.name}, which comes after local-fs.target"
            yield Hit(reference.line, {"way": way}, span=reference.span)
            return


def address_without_free_bind(unit: Unit, _context: Context) -> Iterator[Hit]:
    """socket-util.c binds at start; FreeBind= is IP_FREEBIND."""
    if not is_whole(unit) or unit.scope != "system" or unit.is_on("Socket", "FreeBind"):
        return
    if unit.all("Socket", "BindToDevice") or unit.is_on("Socket", "Transparent"):
        return
    if any("online" in reference.name or ".device" in reference.name for reference in references(unit, "After")):
        return
    for directive in ("ListenStream", "ListenDatagram"):
        for line in unit.all("Socket", directive):
            found = _IP.fullmatch(line.value)
            if found is None or (found[1] or "").startswith(EVERYWHERE) or found[2] in LOCAL:
                continue
            yield Hit(line, {"address": found[1] or found[2]})
            return


def shutdown_work(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A service that names targets of the shutdown in Before= and is pulled in at boot alone."""
    if not is_whole(unit) or unit.all("Service", "ExecStop") or unit.all("Service", "ExecStopPost"):
        return
    wanted = [reference.name for reference in references(unit, "WantedBy", "RequiredBy", section="Install")]
    if not wanted or any(name not in AT_BOOT for name in wanted):
        return
    if unit.value("Service", "Type") not in ("", "simple", "oneshot") or unit.value("Service", "Restart", "no") != "no":
        return
    for reference in references(unit, "Before"):
        if reference.name in SHUTDOWNS:
            yield Hit(reference.line, {"name": reference.name, "target": wanted[0]}, span=reference.span)
            return
