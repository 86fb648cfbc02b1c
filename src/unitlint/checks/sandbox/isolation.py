"""A service that is cut off from the network it needs, and a filter that filters nothing."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import socket_of
from unitlint.checks.sandbox.facts import SECTION, called, mount_namespace, on
from unitlint.checks.sandbox.view import is_below
from unitlint.checks.service import is_meant_to_fail, runs_shell
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command

ONLINE = "network-online.target"
SERVERS = frozenset(("nginx", "apache2", "httpd", "lighttpd", "caddy", "haproxy", "traefik", "sshd", "vsftpd", "squid"))
"""Programs that listen on the network whatever their options; others may be told to use a Unix socket."""
_ADDRESS = late_pattern(
    r"(?:^|[=@/\s])(?:0\.0\.0\.0|\[::\]):\d|(?:https?|wss?|ftp)://(?!localhost|127\.|\[::1\])[\w.-]+\.[a-z]{2,}"
)


def cut_off(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the directive that cuts, with the line that tells of the need; one finding each."""
    cuts = list(_cuts(unit))
    need = _need(unit, context) if cuts else None
    if need is None:
        return
    line, what = need
    for cut, how in cuts:
        yield Hit(cut, {"how": how, "what": what}, ((line, "needs the network"),))


def allows_everything(unit: Unit, _context: Context) -> Iterator[Hit]:
    """bpf-firewall.c: what IPAddressAllow= names passes, whatever IPAddressDeny= says."""
    section = unit.type.capitalize()
    denied = unit.last(section, "IPAddressDeny")
    for line in unit.all(section, "IPAddressAllow") if denied is not None else ():
        words = {word.text for word in split_words(line.value)}
        if denied is not None and ("any" in words or {"0.0.0.0/0", "::/0"} <= words):
            yield Hit(line, {"deny": denied.value}, ((denied, "denies nothing"),))


def _cuts(unit: Unit) -> Iterator[tuple[Assignment, str]]:
    private = on(unit, "PrivateNetwork")
    if (
        private is not None
        and not unit.all("Unit", "JoinsNamespaceOf")
        and not unit.all(SECTION, "NetworkNamespacePath")
    ):
        yield private, "gives the service only a loopback device"
    if not allowed(unit, INTERNET) and not _speaks_otherwise(unit):
        yield unit.all(SECTION, DIRECTIVE)[-1], "forbids AF_INET and AF_INET6"
    denied = [line for line in unit.all(SECTION, "IPAddressDeny") if "any" in line.value.split()]
    if denied and not unit.all(SECTION, "IPAddressAllow"):
        yield denied[-1], "drops every packet, those to localhost included"


def _speaks_otherwise(unit: Unit) -> bool:
    """True where raw packets, Bluetooth or the like are let through, which need no AF_INET."""
    words = {word.text for line in unit.all(SECTION, DIRECTIVE) for word in split_words(line.value)}
    return not words <= {"AF_UNIX", "AF_NETLINK", "none"}


def _need(unit: Unit, context: Context) -> tuple[Assignment, str] | None:
    for line, command in commands(unit, context.release, "ExecStart"):
        found = next((word.text for word in command.words if _ADDRESS.search(word.text)), None)
        if found is not None and "+" not in command.prefixes:
            return line, f"its command uses {found[:60]}"
        if program(command) in SERVERS and socket_of(unit, context) is None:
            return line, f"{program(command)} serves the network"
    for name in ("Wants", "Requires", "BindsTo"):
        for line in unit.all("Unit", name):
            if ONLINE in line.value.split():
                return line, f"{name}= waits for {ONLINE}"
    return None


UNIX = ("AF_UNIX",)
INTERNET = ("AF_INET", "AF_INET6")
DIRECTIVE = "RestrictAddressFamilies"


def allowed(unit: Unit, families: tuple[str, ...]) -> bool:
    """False where RestrictAddressFamilies= forbids all of ``families``; the first line says which kind of list."""
    lines = unit.all(SECTION, DIRECTIVE)
    if not lines:
        return True
    allow = not lines[0].value.startswith("~")
    named: set[str] = set()
    for line in lines:
        words = {word.text for word in split_words(line.value.removeprefix("~"))} - {"none"}
        named = named | words if line.value.startswith("~") is not allow else named - words
    return any((one in named) is allow for one in families)


def notify_without_unix(unit: Unit, context: Context) -> Iterator[Hit]:
    """READY=1, WATCHDOG=1 and the bus all go through a Unix socket that the program opens itself."""
    need = _speaks(unit, context)
    if need is not None and not allowed(unit, UNIX):
        reason, place = need
        yield Hit(unit.all(SECTION, DIRECTIVE)[-1], {"reason": reason}, ((place, "this needs AF_UNIX"),))


def without_unix(unit: Unit, context: Context) -> Iterator[Hit]:
    """Everything else that silently uses Unix sockets."""
    if not allowed(unit, UNIX) and _speaks(unit, context) is None:
        yield Hit(unit.all(SECTION, DIRECTIVE)[-1])


def _speaks(unit: Unit, context: Context) -> tuple[str, Place] | None:
    kind = service_type(unit, context.release)
    line = unit.last(SECTION, "Type") or unit.last(SECTION, "BusName")
    if kind in ("notify", "notify-reload") and line is not None:
        return "the program cannot send READY=1, and every start times out", line
    if kind == "dbus" and line is not None:
        return "the program cannot reach the bus to take its name, and every start times out", line
    watchdog = unit.last(SECTION, "WatchdogSec")
    if watchdog is not None and timespan(watchdog.value) not in (None, 0, INFINITY):
        return "the program cannot send keep-alive messages, and the watchdog kills it again and again", watchdog
    return None


NETLINK = ("AF_NETLINK",)
SPEAK_NETLINK = frozenset((
    "ip", "ss", "tc", "bridge", "nft", "wg", "wg-quick", "iw", "ethtool", "conntrack", "ipset", "iptables", "ip6tables",
    "iptables-restore", "ip6tables-restore", "ipsec", "swanctl", "charon", "hostapd", "wpa_supplicant", "keepalived",
    "unbound",
))  # fmt: skip
"""Programs that tell the kernel by netlink(7) what to do."""


def without_netlink(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding, at the list of families."""
    if allowed(unit, NETLINK):
        return
    for line, command in commands(unit, context.release):
        if program(command) in SPEAK_NETLINK and "+" not in command.prefixes:
            fields = {"program": program(command)}
            yield Hit(unit.all(SECTION, DIRECTIVE)[-1], fields, ((line, "this needs AF_NETLINK"),))
            return


MOUNTERS = ("mount", "umount", "sshfs", "bindfs", "mergerfs", "s3fs", "gocryptfs", "encfs", "glusterfs", "ceph-fuse")


def mount_stays_inside(unit: Unit, context: Context) -> Iterator[Hit]:
    """What a service with a mount namespace mounts is seen by nobody else; ``+`` runs outside of it."""
    cause = mount_namespace(unit) if unit.value(SECTION, "MountFlags") != "shared" else None
    if cause is None:
        return
    found: list[tuple[Assignment, Command]] = []
    for line, command in commands(unit, context.release):
        words = called(command)
        if words[0] == "mount" and _only_changes(words):
            continue
        mounts = words[0] in MOUNTERS or words[0].startswith("mount.") or words[:2] == ["rclone", "mount"]
        if mounts and "+" not in command.prefixes:
            found.append((line, command))
    for line, command in found[:1]:
        fields = {"program": called(command)[0], "cause": f"{cause.directive}={cause.value[:40]}"}
        related: list[tuple[Place, str]] = [(cause, "separate mounts")]
        related += [(other, "so does this command") for other, _ in found[1:]]
        yield Hit(line, fields, tuple(related), span=(command.path_start, command.path_end))


_REMOUNT = late_pattern(r"(?:^|,)remount(?:,|$)")


def _only_changes(words: list[str]) -> bool:
    """``mount -o remount,ro /boot`` changes the file system itself, everywhere; with ``bind`` it changes one mount."""
    options = [other for word, other in zip(words, [*words[1:], ""], strict=True) if word in ("-o", "--options")]
    options += [word.removeprefix("-o").removeprefix("--options=") for word in words[1:] if word.startswith("-")]
    return any(_REMOUNT.search(text) and "bind" not in text.split(",") for text in options)


PSEUDO = (
    "null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "mqueue", "hugepages", "log", "console",
)  # fmt: skip
"""What a private /dev holds."""
PSEUDO_CLASSES = ("char-pts", "char-mem", "char-tty", "char-random")


STREAMS = ("stdin", "stdout", "stderr", "fd", "core")
"""Links that a private /dev has as well."""
_DEVICE = late_pattern(r"(?:^|[=,:\s\"'])(/dev/[^\s:,;\"'()|&<>$%*?\[]+)")


def hidden(unit: Unit, _context: Context) -> Iterator[Hit]:
    """DeviceAllow= of a node that a private /dev does not have, unless it is bound into it."""
    private = on(unit, "PrivateDevices")
    if private is None:
        return
    binds = _devices_are_bound(unit)
    for line in unit.all(SECTION, "DeviceAllow"):
        device = line.value.split()[0] if line.value.split() else ""
        name = device.removeprefix("/dev/")
        if not device or "%" in device or any(is_below(name, one) for one in PSEUDO) or device in PSEUDO_CLASSES:
            continue
        if not binds:
            yield Hit(line, {"device": device}, ((private, "hides the devices of the machine"),))


def device_argument(unit: Unit, context: Context) -> Iterator[Hit]:
    """The first device of each command that a private /dev does not have; ``+`` runs outside of it."""
    private = on(unit, "PrivateDevices")
    if private is None or _devices_are_bound(unit):
        return
    for line, command in commands(unit, context.release):
        for word in command.words if "+" not in command.prefixes else ():
            found = _DEVICE.search(word.text)
            name = "" if found is None else found[1].removeprefix("/dev/")
            if found is not None and runs_shell(command) and is_meant_to_fail(word.text[: found.start(1)]):
                continue
            if found is not None and not any(is_below(name, one) for one in (*PSEUDO, *STREAMS)):
                related = ((private, "hides the devices of the machine"),)
                fields = {"device": found[1], "value": private.value}
                yield Hit(line, fields, related, span=(word.start, word.end))
                break


def _devices_are_bound(unit: Unit) -> bool:
    lines = (line for name in ("BindPaths", "BindReadOnlyPaths") for line in unit.all(SECTION, name))
    return any("/dev" in line.value for line in lines)
