"""What is the name of a unit: one answer for dependencies, file names and log lines that are looked at closely."""

from __future__ import annotations

import re

from unitlint.catalogue import UNIT_TYPES

MAX_LENGTH = 255
TEMPLATES = ("service", "socket", "target", "timer", "path")
"""The types of which there may be templates (unit.c: unit_type_may_template)."""
UNIT_NAME = re.compile(r"[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*\.(?:" + "|".join(UNIT_TYPES) + ")")


def is_unit_name(name: str) -> bool:
    """True for the name of a unit, a template or an instance (unit-name.c: unit_name_is_valid)."""
    return len(name) <= MAX_LENGTH and UNIT_NAME.fullmatch(name) is not None
