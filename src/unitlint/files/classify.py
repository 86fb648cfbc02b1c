"""Which kind of file a path is, by its name and, in doubt, by its first bytes."""

from __future__ import annotations

import os

from unitlint.catalogue import UNIT_TYPES
from unitlint.units.names import is_unit_name

CONFS = (
    "journald.conf", "system.conf", "user.conf", "oomd.conf", "coredump.conf", "logind.conf", "resolved.conf",
    "timesyncd.conf", "sleep.conf",
)  # fmt: skip
AMBIGUOUS_CONFS = frozenset(("system.conf", "user.conf", "sleep.conf"))
_SUFFIXES = tuple(f".{one}" for one in UNIT_TYPES)


def classify(path: str) -> tuple[str, str] | None:
    """(kind, name) of a unit, drop-in or conf; None for every other file."""
    folder, name = os.path.split(path)
    if name.endswith(_SUFFIXES):
        return ("unit", name) if is_unit_name(name) else None
    if not name.endswith(".conf"):
        return None
    parent = os.path.basename(folder)
    if parent.endswith(".d"):
        stem = parent[:-2]
        if stem in CONFS:
            return "conf-dropin", stem
        if is_drop_in_stem(stem):
            return "dropin", stem
        return None
    if name in CONFS and (name not in AMBIGUOUS_CONFS or parent == "systemd"):
        return "conf", name
    return None


def is_drop_in_stem(stem: str) -> bool:
    """True for ``nginx.service``, ``foo-.service``, ``getty@.service`` and ``service``."""
    return stem in UNIT_TYPES or is_unit_name(stem)


def scope_of(path: str) -> str:
    """``user`` for files below a ``systemd/user`` folder, else ``system``."""
    return "user" if "/systemd/user/" in path.replace(os.sep, "/") else "system"


def foreign(data: bytes) -> str | None:
    """Why a file with a unit's name is no unit; None where it may be one."""
    head = data[:4096]
    if head.startswith(b"#!"):
        return "a script"
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith((b"<?xml", b"<!DOCTYPE", b"<service-group")):
        return "XML, such as an Avahi service"
    if stripped.startswith(b"\x7fELF"):
        return "a binary"
    lines = [line.strip() for line in head.splitlines()]
    if b"[D-BUS Service]" in lines:
        return "a D-Bus activation file"
    if b"[Desktop Entry]" in lines:
        return "a desktop entry"
    return None
