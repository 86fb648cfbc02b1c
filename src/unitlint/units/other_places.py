"""Where a directive that systemd does not know in its place has a meaning, and what may have been meant by its name."""

from __future__ import annotations

from unitlint.catalogue import QUADLET_SECTIONS, UNIT_TYPES, known, lookup, sections_with

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment


def condition_of(assignment: Assignment, release: int) -> str | None:
    """``ConditionPathExists`` of ``PathExists`` in [Unit]."""
    if assignment.section != "Unit":
        return None
    name = f"Condition{assignment.directive}"
    entry = lookup("unit", "Unit", name)
    return name if entry is not None and known(entry, release) else None


def of_another_unit(assignment: Assignment, release: int) -> str | None:
    """What to say of a directive of another type of unit, such as TimeoutIdleSec= in a mount."""
    directive = assignment.directive
    for section in sections_with("unit", directive):
        entry = lookup("unit", section, directive)
        kind = section.lower()
        if entry is None or not known(entry, release):
            continue
        if kind in UNIT_TYPES:
            return f"{directive}= belongs in [{section}] of a unit whose name ends in .{kind}."
        if section in QUADLET_SECTIONS:
            return f"{directive}= belongs in [{section}] of a Quadlet, a file whose name ends in .{kind}."
    return None


def of_option(assignment: Assignment) -> str | None:
    """What to say of ``--env NAME=…``, the rest of a command."""
    if not assignment.directive.startswith("-"):
        return None
    return "If it belongs to the line above, end that one with a backslash, and leave no space behind it."


def of_variable(assignment: Assignment) -> str | None:
    """What to say of ``HTTP_PROXY=http://…`` among the directives of a service."""
    name = assignment.directive
    if assignment.section != "Service" or "_" not in name or not name.isidentifier() or name != name.upper():
        return None
    quoted = f'"{name}=…"' if " " in assignment.value else f"{name}=…"
    return f"Write `Environment={quoted}` to set a variable."
