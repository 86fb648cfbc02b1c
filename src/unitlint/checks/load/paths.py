"""Paths as names of units, both ways (unit-name.c: unit_name_from_path, unit_name_to_path)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.load.condition import load_condition
from unitlint.checks.service import DIRECTORIES
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.faults import path_parts
from unitlint.values.mount_names import simplified
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import expand

TAGS = ("UUID", "LABEL", "PARTUUID", "PARTLABEL")
_ESCAPE = late_pattern(rb"\\x([0-9a-fA-F]{2})")
_OF_THE_HOST = late_pattern(r"(?<!%)(?:%%)*%[AaBbHlMmoqvWws]")
_OF_THE_USER = late_pattern(r"(?<!%)(?:%%)*%[gGuUh]")


def path_of(name: str) -> str | None:
    """``/var/lib/a-b`` of ``var-lib-a\\x2db.mount``; None where the name is that of no path."""
    stem = name.rpartition(".")[0].partition("@")[0]
    if stem == "-":
        return "/"
    raw = stem.encode("utf-8", "surrogateescape").replace(b"-", b"/")
    path = _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), raw).decode("utf-8", "surrogateescape")
    parts = path.split("/")
    return None if not path or any(part in ("", ".", "..") for part in parts) else "/" + path


def has_parent(path: str, release: int) -> bool:
    """True where ``..`` stands in the path, and not only before the first name for a release that passes over that."""
    return ".." in path_parts(path, release)


def is_below(path: str, top: str) -> bool:
    """True for ``top`` and everything under it."""
    path = simplified(path)
    return path == top or path.startswith(top.rstrip("/") + "/")


def path_value(unit: Unit, section: str, directive: str, context: Context) -> tuple[str | None, Assignment | None]:
    """(path, line) of a directive, specifiers filled in; no path where the host decides about it.

    Where it is unset the path is the one that the unit's name stands for, and there is no line.
    """
    assignment = unit.last(section, directive)
    if assignment is None:
        return path_of(unit.name), None
    if _OF_THE_HOST.search(assignment.value) or (unit.scope == "user" and _OF_THE_USER.search(assignment.value)):
        return None, assignment
    about = ValueContext(context.release, section, directive, user_manager=unit.scope == "user", unit_name=unit.name)
    path = expand(assignment.value, about)
    if path is not None and section == "Swap":
        path = node_of(path)
    return path, assignment


def node_of(what: str) -> str:
    """The device node that ``UUID=…`` and its like stand for (fstab-util.c: fstab_node_to_udev_node)."""
    tag, equals, label = what.partition("=")
    if not equals or tag not in TAGS:
        return what
    label = label.strip("'\"")
    encoded = "".join(one if one.isalnum() or one in "#+-.:=@_" else f"\\x{ord(one):02x}" for one in label)
    return f"/dev/disk/by-{tag.lower()}/{encoded}"


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
YES = ("yes",)
"""Any of systemd's words for it."""
WORDS = (
    ("PrivateTmp", 0, ("disconnected",)),
    ("PrivateTmp", 260, YES),
    ("PrivateBPF", 258, YES),
    ("ProtectControlGroups", 0, ("strict",)),
    ("ProtectControlGroups", 258, ("private",)),
    ("MountFlags", 0, ("slave", "private")),
)
"""Directive, first release, and the values with which it asks for one."""
NOT = {"ProtectSystem": ("",), "ProtectHome": ("",), "ProtectProc": ("", "default"), "ProcSubset": ("", "all")}
"""The values with which these ask for none; so does a false boolean."""
API = ("/proc", "/sys", "/dev")


@load_condition
def working_directory_api(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the WorkingDirectory=, with a directive that asks for a mount namespace."""
    section = unit.type.capitalize()
    folder = unit.last(section, "WorkingDirectory")
    if folder is None or not any(is_below(folder.value.removeprefix("-"), top) for top in API):
        return
    for cause in _causes(unit, section, context):
        yield Hit(folder, {"cause": cause.directive}, ((cause, "this gives the unit a mount namespace of its own"),))
        return


def _causes(unit: Unit, section: str, context: Context) -> Iterator[Assignment]:
    for directive in SET:
        yield from unit.all(section, directive)
    for directive in ON:
        found = unit.last(section, directive)
        if found is not None and unit.is_on(section, directive):
            yield found
    for directive, since, words in WORDS:
        found = unit.last(section, directive)
        is_asked = unit.is_on(section, directive) if words == YES else unit.value(section, directive) in words
        if found is not None and context.release >= since and is_asked:
            yield found
    for directive, without in NOT.items():
        found = unit.last(section, directive)
        if found is not None and not unit.is_off(section, directive) and found.value not in without:
            yield found
    yield from _roots(unit, section, context)
    for directive in DIRECTORIES:
        for assignment in unit.all(section, directive):
            if any(word.endswith(":ro") for word in assignment.value.split()):
                yield assignment


def _roots(unit: Unit, section: str, context: Context) -> Iterator[Assignment]:
    """RootDirectory= needs one for the API file systems, or for the folders made for the unit."""
    root = unit.last(section, "RootDirectory")
    if root is None or root.value.strip("/") == "":
        return
    api = unit.last(section, "MountAPIVFS")
    folders = any(unit.all(section, directive) for directive in DIRECTORIES)
    if api is None or unit.is_on(section, "MountAPIVFS") or folders:
        yield root
