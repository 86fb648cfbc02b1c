"""UL267: WorkingDirectory= in /proc, /sys or /dev, which a mount namespace replaces (unit.c: unit_verify_contexts)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import every, is_on, last, load_condition
from unitlint.checks.load.paths import is_below
from unitlint.rules.model import Context, Hit
from unitlint.rules.typed import boolean
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

SET = (
    "RootImage", "ReadWritePaths", "ReadWriteDirectories", "ReadOnlyPaths", "ReadOnlyDirectories", "InaccessiblePaths",
    "InaccessibleDirectories", "ExecPaths", "NoExecPaths", "BindPaths", "BindReadOnlyPaths", "TemporaryFileSystem",
    "MountImages", "ExtensionImages", "ExtensionDirectories", "LogNamespace", "NetworkNamespacePath",
    "IPCNamespacePath",
)  # fmt: skip
"""Any value of these asks for a mount namespace (execute.c: exec_needs_mount_namespace)."""
ON = (
    "PrivateDevices", "PrivateMounts", "PrivateNetwork", "PrivateIPC", "PrivatePIDs", "ProtectKernelTunables",
    "ProtectKernelModules", "ProtectKernelLogs", "ProtectControlGroups", "DynamicUser", "BindLogSockets", "MountAPIVFS",
)  # fmt: skip
YES = ("1", "yes", "y", "true", "t", "on")
WORDS = (
    ("PrivateTmp", 0, ("disconnected",)),
    ("PrivateTmp", 258, YES),
    ("PrivateBPF", 258, YES),
    ("ProtectControlGroups", 0, ("strict",)),
    ("ProtectControlGroups", 258, ("private",)),
    ("MountFlags", 0, ("slave", "private")),
)
"""Directive, first release, and the values with which it asks for one."""
NOT = {"ProtectSystem": ("",), "ProtectHome": ("",), "ProtectProc": ("", "default"), "ProcSubset": ("", "all")}
"""The values with which these ask for none; so does a false boolean."""
DIRECTORIES = ("RuntimeDirectory", "StateDirectory", "CacheDirectory", "LogsDirectory", "ConfigurationDirectory")
API = ("/proc", "/sys", "/dev")


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the WorkingDirectory=, with a directive that asks for a mount namespace."""
    section = unit.type.capitalize()
    folder = last(unit, section, "WorkingDirectory", context)
    if folder is None or not any(is_below(folder.value.removeprefix("-"), top) for top in API):
        return
    for cause in _causes(unit, section, context):
        yield Hit(folder, {"cause": cause.directive}, ((cause, "this gives the unit a mount namespace of its own"),))
        return


def _causes(unit: Unit, section: str, context: Context) -> Iterator[Assignment]:
    for directive in SET:
        yield from every(unit, section, directive, context)
    for directive in ON:
        found = last(unit, section, directive, context)
        if found is not None and boolean(found.value) is True:
            yield found
    for directive, since, words in WORDS:
        found = last(unit, section, directive, context)
        if found is not None and context.release >= since and found.value.lower() in words:
            yield found
    for directive, without in NOT.items():
        found = last(unit, section, directive, context)
        if found is not None and boolean(found.value) is not False and found.value not in without:
            yield found
    yield from _roots(unit, section, context)
    for directive in DIRECTORIES:
        for assignment in every(unit, section, directive, context):
            if any(word.endswith(":ro") for word in assignment.value.split()):
                yield assignment


def _roots(unit: Unit, section: str, context: Context) -> Iterator[Assignment]:
    """RootDirectory= needs one for the API file systems, or for the folders made for the unit."""
    root = last(unit, section, "RootDirectory", context)
    if root is None or root.value.strip("/") == "":
        return
    api = last(unit, section, "MountAPIVFS", context)
    folders = any(every(unit, section, directive, context) for directive in DIRECTORIES)
    if api is None or is_on(unit, section, "MountAPIVFS", context) or folders:
        yield root
