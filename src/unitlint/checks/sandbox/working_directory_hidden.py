"""UL404: a working directory that the service's own sandbox hides from it."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.view import SECTION, expanded, hiding, view_of
from unitlint.checks.sandbox.words import cause_fields
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """``~`` counts where it is root's home; with ``-`` the service starts in / instead, so nothing is said."""
    directory = unit.last(SECTION, "WorkingDirectory")
    if directory is None or directory.value.startswith("-") or unit.all(SECTION, "RootImage"):
        return
    text = directory.value
    if text == "~":
        if unit.scope == "user" or unit.value(SECTION, "User", "root") != "root" or unit.all(SECTION, "DynamicUser"):
            return
        text = "%h"
    path = expanded(text, unit, context)
    hidden = None if path is None else hiding(view_of(unit, context), path)
    if hidden is not None:
        fields = {"path": directory.value, **cause_fields(hidden.cause)}
        yield Hit(directory, fields, ((hidden.cause, "hidden by this"),))
