"""What several rules about privileges ask of a service."""

from __future__ import annotations

from unitlint.base.late_patterns import late_pattern
from unitlint.syntax.document import Assignment
from unitlint.units.commands import program
from unitlint.units.service import other_user

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.unit import Unit
    from unitlint.values.exec_line import Command

SECTION = "Service"
SECCOMP = (
    "LockPersonality", "MemoryDenyWriteExecute", "PrivateDevices", "ProtectClock", "ProtectHostname",
    "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "RestrictRealtime", "RestrictSUIDSGID",
)  # fmt: skip
"""Switches that systemd enforces by a filter of system calls (exec-invoke.c: context_has_seccomp)."""
SECCOMP_LISTS = (
    "RestrictAddressFamilies", "RestrictNamespaces", "SystemCallArchitectures", "SystemCallFilter", "SystemCallLog",
)  # fmt: skip
MOUNT_SWITCHES = (
    "DynamicUser", "PrivateDevices", "PrivateMounts", "PrivateTmp", "ProtectControlGroups", "ProtectHome",
    "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectSystem",
)  # fmt: skip
MOUNT_LISTS = (
    "BindPaths", "BindReadOnlyPaths", "ExecPaths", "InaccessiblePaths", "NoExecPaths", "ReadOnlyPaths",
    "ReadWritePaths", "TemporaryFileSystem",
)  # fmt: skip
NO_FILTER_BEFORE_USER = 255
"""Since this release filters are set up before privileges are dropped, so they need no NoNewPrivileges=."""


def on(unit: Unit, directive: str) -> Assignment | None:
    """The deciding line of a switch, where it is anything but off: ``strict`` and ``tmpfs`` are on too."""
    line = unit.last(SECTION, directive)
    return line if line is not None and line.value and not unit.is_off(SECTION, directive) else None


def filtered_by(unit: Unit) -> Assignment | None:
    """The first line that makes systemd install a filter of system calls."""
    for name in SECCOMP:
        line = on(unit, name)
        if line is not None:
            return line
    for name in SECCOMP_LISTS:
        line = on(unit, name)
        if line is not None:
            return line
    return None


def no_new_privileges(unit: Unit, release: int) -> Assignment | None:
    """The line that keeps the service from gaining privileges by set-user-ID programs, be it by implication."""
    line = on(unit, "NoNewPrivileges") or on(unit, "DynamicUser")
    if line is not None:
        return line
    implied = unit.scope == "user" or (release < NO_FILTER_BEFORE_USER and other_user(unit) is not None)
    return filtered_by(unit) if implied else None


def mount_namespace(unit: Unit) -> Assignment | None:
    """The first line that gives the service mounts of its own."""
    for name in MOUNT_SWITCHES:
        line = on(unit, name)
        if line is not None:
            return line
    return next(filter(None, (unit.last(SECTION, name) for name in MOUNT_LISTS)), None)


_END_OF_COMMAND = late_pattern(r"[;&|]")


def called(command: Command) -> list[str]:
    """The words of what is really run: without ``env`` in front, and the script of a shell cut at its first command."""
    name, words = program(command), [word.text for word in command.words]
    if name in ("sh", "bash", "dash") and "-c" in words[:-1]:
        script = words[words.index("-c") + 1]
        path, *words = _END_OF_COMMAND.split(script, maxsplit=1)[0].split() or [""]
        name = path.rpartition("/")[2]
    if name == "env":
        path, *words = [word for word in words if "=" not in word and not word.startswith("-")] or [""]
        name = path.rpartition("/")[2]
    return [name, *words]


def cause_fields(cause: Assignment) -> dict[str, object]:
    """The fields of a message about what hides a path: ``{cause}`` is its name and value."""
    value = cause.value if len(cause.value) <= 40 else cause.value[:39] + "…"
    return {"cause": f"{cause.directive}={value}"}
