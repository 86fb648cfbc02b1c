"""UL209: PAMName= with a KillMode= that would leave the PAM session's process behind (unit.c: unit_verify_contexts)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import last, load_condition
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

MIXED_EVERYWHERE_SINCE = 256
"""Before, only services might have KillMode=mixed beside PAMName=."""


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the KillMode=, with the PAMName=."""
    section = unit.type.capitalize()
    pam, mode = last(unit, section, "PAMName", context), last(unit, section, "KillMode", context)
    if pam is None or mode is None or mode.value == "control-group":
        return
    mixed = unit.type == "service" or context.release >= MIXED_EVERYWHERE_SINCE
    if mode.value == "mixed" and mixed:
        return
    allowed = "control-group or mixed" if mixed else "control-group"
    yield Hit(mode, {"allowed": allowed}, ((pam, "PAM is switched on here"),))
