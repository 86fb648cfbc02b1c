"""Commands that the service's own restrictions or its user make fail."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.capabilities import capability_set, kept_from
from unitlint.checks.sandbox.facts import SECTION, called, on
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.service import other_user
from unitlint.units.unit import Unit
from unitlint.values.typed import parse_boolean

NEEDS = {
    "modprobe": "CAP_SYS_MODULE", "insmod": "CAP_SYS_MODULE", "rmmod": "CAP_SYS_MODULE",
    "hwclock": "CAP_SYS_TIME", "ntpdate": "CAP_SYS_TIME", "ntpd": "CAP_SYS_TIME", "chronyd": "CAP_SYS_TIME",
    "mount": "CAP_SYS_ADMIN", "umount": "CAP_SYS_ADMIN", "swapon": "CAP_SYS_ADMIN",
    "iptables": "CAP_NET_ADMIN", "ip6tables": "CAP_NET_ADMIN", "nft": "CAP_NET_ADMIN", "ipset": "CAP_NET_ADMIN",
    "tc": "CAP_NET_ADMIN", "wg-quick": "CAP_NET_ADMIN", "mknod": "CAP_MKNOD",
}  # fmt: skip
NEEDS_CALLS = {
    "mount": ("mount",), "umount": ("umount", "umount2"), "modprobe": ("init_module", "finit_module"),
    "insmod": ("init_module", "finit_module"), "swapon": ("swapon",),
}  # fmt: skip
NAMESPACED = frozenset((
    "podman", "buildah", "unshare", "bwrap", "systemd-nspawn", "flatpak", "firejail", "lxc-start", "runc", "crun",
    "containerd", "dockerd",
))  # fmt: skip
"""Programs that make namespaces for what they run."""
WITHOUT_CONTAINERS = ("ps", "images", "pull", "rm", "rmi", "stop", "kill", "logs", "inspect", "version", "info", "list")
"""Subcommands of them that run nothing."""
DEEDS = {
    "changes the network": (
        "iptables", "ip6tables", "iptables-restore", "ip6tables-restore", "nft", "ipset", "tc", "wg-quick", "brctl",
    ),
    "changes the kernel": ("modprobe", "insmod", "rmmod"),
    "changes the accounts of the machine": (
        "useradd", "userdel", "usermod", "groupadd", "groupdel", "adduser", "deluser",
    ),
    "changes the swap of the machine": ("swapon", "swapoff"),
    "sets up devices": ("losetup", "cryptsetup", "dmsetup", "mdadm", "udevadm"),
    "gives a file capabilities": ("setcap",),
    "shuts the machine down": ("reboot", "poweroff", "shutdown", "halt"),
}  # fmt: skip
"""What only root can do, and the programs that do nothing else of note."""
_DEED_OF = {name: deed for deed, names in DEEDS.items() for name in names}
UNIT_VERBS = ("start", "stop", "restart", "try-restart", "reload", "enable", "disable", "mask", "unmask", "isolate",
              "daemon-reload", "daemon-reexec", "set-property", "kill")  # fmt: skip
CLOCK_KEPT = ("-x", "-Q")
"""Arguments by which chronyd leaves the clock alone."""
FOLDERS_OF_ROOT = ("/run", "/var/run", "/run/lock", "/var/lock")
START = ("ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost")


def denied(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the command, with the line that prevents it."""
    for line, command in commands(unit, context.release):
        if "+" in command.prefixes:
            continue
        words = called(command)
        cause = _in_the_way(unit, words, context.release)
        if cause is not None:
            value = cause.value if len(cause.value) <= 40 else cause.value[:39] + "…"
            fields = {"program": words[0], "cause": f"{cause.directive}={value}"}
            span = (command.path_start, command.path_end)
            yield Hit(line, fields, ((cause, "prevents it"),), span=span)


def needs_root(unit: Unit, context: Context) -> Iterator[Hit]:
    """Steps of the start that only root can do, where the unit's user does them."""
    user = other_user(unit)
    if user is None or user.directive != "User" or on(unit, "PermissionsStartOnly"):
        return
    for line, command in commands(unit, context.release, *START):
        if command.prefixes and any(one in command.prefixes for one in "+!-"):
            continue
        words = called(command)
        deed = _deed_of_root(unit, words)
        if deed is not None and not capability_set(unit, "AmbientCapabilities", context.release):
            fields = {"program": words[0], "deed": deed, "user": user.value}
            yield Hit(line, fields, ((user, "runs as this user"),), span=(command.path_start, command.path_end))


def _in_the_way(unit: Unit, words: list[str], release: int) -> Assignment | None:
    name = words[0]
    if name == "sysctl" and _sets(words):
        return on(unit, "ProtectKernelTunables")
    if name == "hostname" and len(words) > 1 and not words[1].startswith("-"):
        return on(unit, "ProtectHostname")
    if name == "date" and any(word in ("-s", "--set") or word.startswith("--set=") for word in words):
        return kept_from(unit, "CAP_SYS_TIME", release)
    if name in NAMESPACED and not any(word in WITHOUT_CONTAINERS for word in words[1:3]):
        restricted = on(unit, "RestrictNamespaces")
        return restricted if restricted is not None and parse_boolean(restricted.value) else None
    if name in ("chronyd", "ntpd") and any(one in words for one in CLOCK_KEPT):
        return None
    cause = kept_from(unit, NEEDS[name], release) if name in NEEDS else None
    if cause is None and name in NEEDS_CALLS:
        from unitlint.checks.sandbox.filters import filter_of

        found = filter_of(unit, release)
        if found is not None and found.denies_all(NEEDS_CALLS[name]):
            return found.lines[-1]
    return cause


def _sets(words: list[str]) -> bool:
    """True where sysctl is to set something, not only to show it."""
    return any("=" in word or word in ("-p", "-w", "--system", "--load") for word in words[1:])


def _deed_of_root(unit: Unit, words: list[str]) -> str | None:
    """What the command does that only root can do, if it is a well-known one."""
    name, arguments = words[0], words[1:]
    if name == "chown" and arguments:
        return "changes the owner of files"
    known = _DEED_OF.get(name)
    if known is not None or (name == "sysctl" and _sets(words)):
        return known or "changes the kernel"
    if name in ("mount", "systemctl"):
        operands = [word for word in arguments if not word.startswith("-")]
        if name == "mount" and len(operands) > 1:  # with one, fstab may allow it to users
            return "mounts a file system"
        if name == "systemctl" and operands and operands[0] in UNIT_VERBS and not {"--user", "--root"} & set(arguments):
            return f"asks the system manager to {operands[0]}, and without a polkit rule"
    if name == "mkdir" or (name == "install" and "-d" in words):
        path = _made_for_root(unit, arguments)
        return path and f"makes {path} in a directory that belongs to root"
    return None


def _made_for_root(unit: Unit, arguments: list[str]) -> str | None:
    """The first of the directories that lies in one of root's, and in none of RuntimeDirectory=."""
    from unitlint.checks.sandbox.view import is_below

    own = [f"/run/{name}" for line in unit.all(SECTION, "RuntimeDirectory") for name in line.value.split()]
    for path in (argument.rstrip("/") for argument in arguments if argument.startswith("/")):
        real = path.removeprefix("/var") if is_below(path, "/var/run") else path
        if path.rpartition("/")[0] in FOLDERS_OF_ROOT and not any(is_below(real, directory) for directory in own):
            return path
    return None
