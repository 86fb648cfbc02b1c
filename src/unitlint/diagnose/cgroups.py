"""Names of units, and which unit a control group belongs to (systemd: cg_path_get_unit)."""

from __future__ import annotations

from unitlint.catalogue import UNIT_TYPES

TYPES = frozenset(UNIT_TYPES)
LONGEST_NAME = 256


def looks_like_unit(text: str) -> bool:
    """Whether a text is the name of a unit, as messages of the manager begin with.

    Every line is asked, so this is a quick look, which lets pass more than ``values.unit_name.is_unit_name``.
    """
    dot = text.rfind(".")
    return dot > 0 and text[dot + 1 :] in TYPES and len(text) < LONGEST_NAME and " " not in text and "/" not in text


def leaf_unit(cgroup: str) -> str:
    """The unit in whose control group a process ran, not the slices above it; "" where there is none.

    ``/system.slice/docker.service/app`` is of docker.service;
    ``/user.slice/user-1000.slice/user@1000.service/app.slice/web.service`` of web.service.
    """
    units = [part for part in cgroup.split("/") if looks_like_unit(part)]
    leaves = [unit for unit in units if not unit.endswith(".slice")]
    return leaves[-1] if leaves else ""


def limiting_unit(cgroup: str) -> str:
    """The unit that a control group is of, which may be a slice; "" for the root and for groups of no unit."""
    last = cgroup.rstrip("/").rpartition("/")[2]
    if looks_like_unit(last):
        return last
    return leaf_unit(cgroup)


def is_of_user(cgroup: str) -> bool:
    """Whether the leaf unit is one of a user's manager."""
    head, found, rest = cgroup.partition("/user@")
    return bool(found) and bool(leaf_unit(rest.partition("/")[2])) and bool(head or rest)


def is_above(slice_name: str, unit: str) -> bool:
    """Whether a unit is in a slice, as far as names tell (systemd.slice(5), systemd.special(7)): user.slice holds
    user-1000.slice and user@1000.service, system-getty.slice holds getty@tty1.service."""
    stem, _, suffix = slice_name.rpartition(".")
    if suffix != "slice" or unit == slice_name:
        return False
    if stem == "-" or unit.endswith(".slice"):
        return stem == "-" or unit.startswith(f"{stem}-")
    name, at, instance = unit.rpartition(".")[0].partition("@")
    if name in ("user", "user-runtime-dir") and at:
        return stem in ("user", f"user-{instance}")
    if unit.endswith(".scope") and name.startswith("session-"):
        return stem == "user" or stem.startswith("user-")
    return stem == "system" or bool(at and stem == f"system-{name}")
