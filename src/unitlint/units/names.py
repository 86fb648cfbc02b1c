"""Unit names: types, templates and instances, and the drop-in folders that each name has."""

from __future__ import annotations

import re

from unitlint.catalogue import UNIT_TYPES

UNIT_NAME = re.compile(r"[A-Za-z0-9:_.\\-]*@?[A-Za-z0-9:_.\\@-]*\.(?:" + "|".join(UNIT_TYPES) + r")")
MAX_LENGTH = 255


def is_unit_name(name: str) -> bool:
    """True for a name that systemd would load (unit-name.c: unit_name_is_valid)."""
    if len(name) > MAX_LENGTH or not UNIT_NAME.fullmatch(name):
        return False
    return not name.startswith(("@", "."))


def unit_type(name: str) -> str:
    """``service`` of ``nginx.service``."""
    return name.rpartition(".")[2]


def template_of(name: str) -> str | None:
    """``getty@.service`` of ``getty@tty1.service``; None where the name is no instance."""
    stem, _, suffix = name.rpartition(".")
    prefix, at, instance = stem.partition("@")
    return f"{prefix}@.{suffix}" if at and instance else None


def drop_in_folders(name: str) -> list[str]:
    """The folders whose drop-ins a unit gets, the most specific first.

    ``a-b@c.service`` has ``a-b@c.service.d``, ``a-b@.service.d``, ``a-@.service.d``… and at the
    end ``service.d`` (unit-file.c: unit_file_build_name_map, dropin.c).
    """
    suffix = unit_type(name)
    folders = []
    for one in (name, template_of(name)):
        if one is None:
            continue
        folders.append(f"{one}.d")
        stem = one.rpartition(".")[0]
        prefix, at, instance = stem.partition("@")
        parts = prefix.split("-")
        for count in range(len(parts) - 1, 0, -1):
            shorter = "-".join(parts[:count]) + "-"
            folder = f"{shorter}{at}{instance}.{suffix}.d"
            if shorter + at + instance != stem and shorter != "-":
                folders.append(folder)
    folders.append(f"{suffix}.d")
    return folders
