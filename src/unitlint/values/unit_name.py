"""What is the name of a unit: one answer for dependencies, file names and log lines that are looked at closely."""

from __future__ import annotations

from unitlint.catalogue import UNIT_TYPES

MAX_LENGTH = 255
TEMPLATES = ("service", "socket", "target", "timer", "path")
"""The types of which there may be templates (unit.c: unit_type_may_template)."""
_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:-_.\\@"


def is_unit_name(name: str) -> bool:
    """True for the name of a unit, a template or an instance (unit-name.c: unit_name_is_valid)."""
    stem, _, suffix = name.rpartition(".")
    if stem[:1] in ("", "@") or suffix not in UNIT_TYPES or len(name) > MAX_LENGTH:
        return False
    return not stem.strip(_CHARACTERS)  # nothing is left of it but what is not allowed
