"""Files that look as if they were meant for systemd, which reads them nowhere or not under their name."""

from __future__ import annotations

import os
from functools import lru_cache

from unitlint.catalogue import UNIT_TYPES
from unitlint.files.classify import LINK_FOLDERS, is_drop_in_folder, is_drop_in_stem
from unitlint.files.names import is_unit_file_name
from unitlint.files.search_path import HOMES, MANAGERS, QUADLET_PATH, SEARCH_PATH, is_of_a_home, is_of_a_manager

READ = frozenset((
    "system", "user", "system.control", "user.control", "system.attached", "user.attached", "transient", "generator",
    "generator.early", "generator.late", "user.transient",
))  # fmt: skip
"""Folders of a search path's folder in which the managers look for units (path-lookup.c: lookup_paths_init)."""
NEARLY_CONF = (
    "",
    ".cfg",
    ".cnf",
    ".ini",
    ".config",
    ".configuration",
    ".cof",
    ".con",
    ".confg",
    ".cnof",
    ".Conf",
    ".CONF",
)
"""Endings of names that were to end in .conf; backups, samples and what is switched off have others."""
NEARLY_SUFFIXES = {
    **dict.fromkeys((".services", ".servce", ".sevice", ".serivce", ".srevice", ".servie", ".Service"), ".service"),
    ".timers": ".timer", ".Timer": ".timer", ".sockets": ".socket", ".targets": ".target", ".mounts": ".mount",
}  # fmt: skip
"""Endings of files that were to be units."""
PLACEHOLDERS = frozenset("{}$%<>")
DROP_INS, NO_UNIT, UNITS, WITHOUT_D = "drop-ins", "no unit", "units", "no .d"
ABOVE, BELOW = "drop-ins of units beside system/", "drop-ins of confs in system/"

_SUFFIXES = tuple(f".{unit_type}" for unit_type in UNIT_TYPES)
_READ_ELSEWHERE = {ABOVE: "dropin", BELOW: "conf-dropin", UNITS: "conf"}
_ABOVE_MANAGERS = tuple(f"/{part.rstrip('/')}" for part in SEARCH_PATH)


@lru_cache(maxsize=256)
def kind_of_folder(folder: str) -> str:
    """Which misplaced files a folder may hold: drop-ins beside those of a unit, drop-ins of no unit, units; else "".

    Also drop-ins in a folder named like a unit, and drop-ins above or below the folder in which they would be read.
    """
    above, name = os.path.split(folder.replace(os.sep, "/"))
    if name.endswith(".d"):
        if is_drop_in_folder(name):
            if is_drop_in_stem(name[:-2]):
                return ABOVE if f"/{above}".endswith(_ABOVE_MANAGERS) else DROP_INS
            return BELOW if is_of_a_manager(above) else DROP_INS
        return NO_UNIT if is_of_a_manager(above) else ""
    if name.endswith(_SUFFIXES):
        return WITHOUT_D if is_unit_file_name(name) and is_of_a_manager(above) else ""
    return UNITS if is_of_a_manager(folder) else ""


def may_be_misplaced(folder_kind: str, name: str) -> bool:
    """True for the name of a file that is worth a look into: whether it holds a unit's section decides."""
    if name.endswith(_SUFFIXES):
        return not is_unit_file_name(name) and PLACEHOLDERS.isdisjoint(name) and not name.startswith(("@", "."))
    if not folder_kind or name.startswith("."):
        return False
    ending = os.path.splitext(name)[1]
    if folder_kind == DROP_INS:
        return ending in NEARLY_CONF
    return ending == ".conf" or (folder_kind == UNITS and ending in NEARLY_SUFFIXES)


def is_read_elsewhere(folder_kind: str, kind: str) -> bool:
    """True for a drop-in or conf that stands in a folder of systemd in which it is not read."""
    return _READ_ELSEWHERE.get(folder_kind) == kind


@lru_cache(maxsize=1024)
def where_quadlets_are_read(folder: str) -> str:
    """Where a Quadlet of this folder belongs, if it is one for units only; "" everywhere else."""
    path = f"/{folder.replace(os.sep, '/')}"
    if is_of_a_manager(folder):
        return "/etc/containers/systemd/users/" if path.endswith("/user") else "/etc/containers/systemd/"
    return "~/.config/containers/systemd/" if is_of_a_home(folder) else ""


@lru_cache(maxsize=1024)
def why_unread(folder: str) -> str:
    """Why systemd reads no unit file in this folder; "" where it does, or where nothing is known of the folder."""
    path = folder.replace(os.sep, "/")
    above, _, name = path.rpartition("/")
    if name.endswith(LINK_FOLDERS) and is_of_a_manager(above):
        return f"in {name}/ only links count"
    if name.endswith(".d") and is_drop_in_folder(name):
        return f"{name}/ is for drop-ins, whose names end in .conf"
    for part in QUADLET_PATH:
        if f"/{part}" in f"/{path}/":
            return f"{part} is for Quadlets, which Podman's generator reads"
    if path.endswith(tuple(f"/{home}systemd" for home in HOMES)):
        return f"units are read in {'/'.join(path.split('/')[-2:])}/user/ itself"
    for part in SEARCH_PATH:
        at = f"/{path}/".rfind(f"/{part}")
        if at >= 0:
            below = f"{path}/"[at + len(part) :].strip("/")
            if below in READ:
                return ""
            if not below or below.partition("/")[0] in MANAGERS:
                place = f"{part}system" if not below else f"{part}{below.partition('/')[0]}"
                return f"units are read in {place}/ itself"
    return ""
