"""What a service shows that it needs, each need with the word that gave it away and its line."""

from __future__ import annotations

import os
import posixpath
import re

from unitlint.base.records import NamedTuple
from unitlint.base.safe_read import CannotReadError, read_head
from unitlint.harden.binary import MOST, needs_of_file
from unitlint.harden.programs import EVERYTHING
from unitlint.harden.text import needs_of_path, needs_of_text, needs_of_word
from unitlint.security.values import EVERY_CAPABILITY, capability_bits
from unitlint.units.commands import commands, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.security.settings import ServiceSettings
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

SECTION = "Service"
_OUTPUT = re.compile("^(file|append|truncate):")


class Evidence(NamedTuple):
    """What gave a need away: a word, and the assignment that holds it (None: the unit's name or nature)."""

    word: str
    assignment: Assignment | None


class Needs(NamedTuple):
    """``found`` maps a need to its first evidence; ``written`` are folders that the service seems to write."""

    found: dict[str, Evidence]
    written: dict[str, Evidence]
    root: bool
    user_manager: bool
    capabilities: int
    """The capabilities that a service that is not root is given on purpose."""
    not_found: dict[str, None]
    """The programs that the root directory does not have, in order."""

    def first(self, needs: tuple[str, ...]) -> tuple[str, Evidence] | None:
        """The first of ``needs`` that is there."""
        return next(((need, self.found[need]) for need in needs if need in self.found), None)


def needs_of_service(unit: Unit, settings: ServiceSettings, root: Any = None) -> Needs:
    """Reads the unit, and with a root directory the programs that it runs."""
    held = settings.values
    runs_as_root = held["User"] in ("root", "0", "") and held["DynamicUser"] != "yes"
    needs = Needs({}, {}, runs_as_root, settings.user_manager, held["AmbientCapabilities"], {})
    _from_name(unit, needs)
    _from_type(unit, needs, settings.release)
    _from_commands(unit, needs, settings.release, root)
    _from_settings(unit, needs)
    _from_capabilities(settings, needs)
    return needs


def _note(needs: Needs, found: object, word: str, assignment: Assignment | None) -> None:
    for need in found:  # type: ignore[attr-defined]
        needs.found.setdefault(need, Evidence(word, assignment))


def _from_name(unit: Unit, needs: Needs) -> None:
    name = unit.name.rpartition(".")[0].partition("@")[0]
    _note(needs, needs_of_word(name), f"the name {unit.name}", None)
    if unit.is_off("Unit", "DefaultDependencies"):
        _note(needs, ("early",), "DefaultDependencies=no", unit.last("Unit", "DefaultDependencies"))


def _from_type(unit: Unit, needs: Needs, release: int) -> None:
    """A script that root runs once may be there to set anything up; its text alone could tell."""
    kind = unit.last(SECTION, "Type")
    if needs.root and kind is not None and kind.value == "oneshot":
        for assignment, command in commands(unit, release, "ExecStart"):
            if program(command) in WRAPPERS or command.path.endswith((".sh", ".bash", ".py", ".pl")):
                _note(needs, ("setup",), command.path, assignment)


def _from_commands(unit: Unit, needs: Needs, release: int, root: Any) -> None:
    for assignment, command in commands(unit, release):
        runs_others = program(command) in WRAPPERS
        _note(needs, needs_of_word(command.path), command.path, assignment)
        for word in " ".join(command.argv[1:]).split():
            found = needs_of_text(word) if runs_others or _is_program(word) else needs_of_path(word)
            _note(needs, found, word, assignment)
        if "+" in command.prefixes or "!" in command.prefixes:
            _note(needs, ("privileged-command",), command.prefixes + command.path, assignment)
        if root is not None and "%" not in command.path:
            _note(needs, _of_program(root, command.path, needs), f"what {command.path} holds", assignment)
        for word in command.argv[1:]:
            _note_written(needs, word.rpartition("=")[2], assignment)


WRAPPERS = frozenset((
    "sh", "bash", "dash", "ash", "ksh", "zsh", "busybox", "env", "nice", "ionice", "chrt", "taskset", "timeout",
    "nohup", "flock", "setsid", "stdbuf", "chpst", "softlimit", "xargs", "exec", "time", "unbuffer", "script",
    "start-stop-daemon", "daemon", "daemonize", "authbind",
    "numactl", "prlimit", "catchsegv", "dumb-init", "tini", "gosu", "systemd-run",
    "systemd-inhibit", "systemd-cat", "if", "dbus-run-session", "dbus-launch", "numad",
))  # fmt: skip
"""Programs that run what their arguments name."""


def _is_program(word: str) -> bool:
    return any(folder in word for folder in ("/bin/", "/sbin/", "/libexec/", "/lib/"))


def _of_program(root: Any, path: str, needs: Needs) -> frozenset[str]:
    from unitlint.files.root_tree import find

    there = find(root, path)
    place = None if there is None else root.resolve(there)
    if place is None:
        needs.not_found[path] = None
        return frozenset()
    try:
        data = read_head(place, MOST)
    except CannotReadError:
        return frozenset()
    found = needs_of_file(data)
    if data.startswith(b"#!"):
        return found
    return found | {"privileged-file"} if os.stat(place).st_mode & 0o6000 else found


PATH_DIRECTIVES = (
    "WorkingDirectory", "EnvironmentFile", "Environment", "ReadWritePaths", "ReadWriteDirectories", "BindPaths",
    "BindReadOnlyPaths", "PIDFile", "StandardOutput", "StandardError", "StandardInput", "RootDirectory",
    "ReadOnlyPaths",
    "LoadCredential", "TTYPath", "UtmpIdentifier", "ExecPaths",
)  # fmt: skip
WRITING = ("ReadWritePaths", "ReadWriteDirectories", "WorkingDirectory", "PIDFile", "StandardOutput", "StandardError")
GIVES_AWAY: tuple[tuple[str, str], ...] = (
    ("PAMName", "new-privileges users audit home"),
    ("TTYPath", "devices terminal"),
    ("DeviceAllow", "devices"),
    ("JoinsNamespaceOf", "tmp"),
    ("RootDirectory", "jail"),
    ("RootImage", "jail devices"),
    ("MountImages", "devices"),
    ("CPUSchedulingPolicy", "realtime"),
    ("LimitRTPRIO", "realtime"),
    ("LimitMEMLOCK", "locked-memory"),
    ("SmackProcessLabel", "new-privileges mac"),
    ("AppArmorProfile", "new-privileges"),
    ("SELinuxContext", "new-privileges"),
    ("Personality", "personality foreign-processor"),
    ("Delegate", "cgroups namespaces"),
    ("NetworkNamespacePath", "namespaces"),
    ("USBFunctionDescriptors", "devices"),
    ("UtmpIdentifier", "terminal"),
    ("MountFlags", "mounts"),
    ("ConditionVirtualization", ""),
    ("PermissionsStartOnly", "privileged-command"),
)


def _from_settings(unit: Unit, needs: Needs) -> None:
    for directive in PATH_DIRECTIVES:
        for assignment in unit.all(SECTION, directive):
            for word in assignment.value.replace("=", " ").split():
                bare = _OUTPUT.sub("", word.lstrip("-+:\"'")).partition(":")[0]
                _note(needs, _of_path(bare), word, assignment)
                if directive in WRITING:
                    _note_written(needs, bare, assignment)
    for directive, given in GIVES_AWAY:
        section = "Unit" if directive == "JoinsNamespaceOf" else SECTION
        line = unit.last(section, directive)
        if line is not None and line.value and not unit.is_off(section, directive):
            _note(needs, given.split(), f"{directive}=", line)
    for name in ("StandardInput", "StandardOutput"):
        found = unit.last(SECTION, name)
        if found is not None and "tty" in found.value:
            _note(needs, ("devices", "terminal"), f"{name}={found.value}", found)
    if unit.value(SECTION, "WorkingDirectory").lstrip("-") == "~":
        _note(needs, ("home",), "WorkingDirectory=~", unit.last(SECTION, "WorkingDirectory"))
    for assignment in unit.all(SECTION, "Environment"):
        if "DISPLAY" in assignment.value:
            _note(needs, ("tmp", "home"), "DISPLAY", assignment)


def _of_path(path: str) -> Iterator[str]:
    """A path in a setting is no program, so only where it lies counts."""
    for need in needs_of_path(path):
        if need in ("home", "tmp", "devices", "tunables", "cgroups", "write-usr"):
            yield need


PROGRAM_FOLDERS = (
    "/var/lib",
    "/var/cache",
    "/var/log",
    "/run",
    "/srv",
    "/opt",
    "/data",
    "/var/spool",
    "/var/www",
    "/mnt",
)


def _note_written(needs: Needs, path: str, assignment: Assignment) -> None:
    if not path.startswith("/") or any(mark in path for mark in "%$*\"'{}:,;"):
        return
    path = posixpath.normpath(path).replace("/var/run/", "/run/")
    top = next((one for one in PROGRAM_FOLDERS if path.startswith(f"{one}/")), None)
    if top is None:
        if assignment.directive in ("ReadWritePaths", "ReadWriteDirectories", "WorkingDirectory") and path != "/":
            needs.written.setdefault(path, Evidence(path, assignment))
        return
    needs.written.setdefault(path, Evidence(path, assignment))


USES = {
    "CAP_SYS_ADMIN": "mounts namespaces hostname tunables", "CAP_SYS_MODULE": "modules", "CAP_SYS_TIME": "clock",
    "CAP_SYS_PTRACE": "traces processes", "CAP_SYS_RAWIO": "raw-io devices", "CAP_MKNOD": "devices",
    "CAP_SYSLOG": "kernel-log", "CAP_SYS_BOOT": "reboot", "CAP_NET_ADMIN": "net-admin odd-sockets tunables",
    "CAP_NET_RAW": "odd-sockets", "CAP_SYS_NICE": "realtime", "CAP_SYS_CHROOT": "chroot",
    "CAP_IPC_LOCK": "locked-memory",
    "CAP_BPF": "bpf", "CAP_SETUID": "users", "CAP_AUDIT_WRITE": "audit", "CAP_AUDIT_CONTROL": "audit",
    "CAP_SYS_TTY_CONFIG": "terminal", "CAP_WAKE_ALARM": "clock", "CAP_LEASE": "leases", "CAP_FSETID": "suid-files",
    "CAP_LINUX_IMMUTABLE": "chattr", "CAP_SYS_PACCT": "accounting", "CAP_MAC_ADMIN": "mac", "CAP_MAC_OVERRIDE": "mac",
    "CAP_BLOCK_SUSPEND": "suspend", "CAP_AUDIT_READ": "audit",
}  # fmt: skip


def _from_capabilities(settings: ServiceSettings, needs: Needs) -> None:
    """A capability that the unit keeps or gives by name is one that it uses."""
    held = settings.values
    for directive in ("CapabilityBoundingSet", "AmbientCapabilities"):
        history = settings.histories.get(directive, ())
        named = [assignment for assignment, _ in history if assignment.directive == directive]
        if not named or (directive == "CapabilityBoundingSet" and named[0].value.startswith("~")):
            continue
        for capability, given in USES.items():
            bits = capability_bits((capability,), settings.release)
            if held[directive] & bits and held[directive] != EVERY_CAPABILITY:
                _note(needs, given.split(), capability, named[-1])


def runs_everything(needs: Needs) -> Evidence | None:
    """Why nothing can be taken from a service, if so."""
    return needs.found.get(EVERYTHING)
