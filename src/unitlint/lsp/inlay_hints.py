"""Beside a line whose value a drop-in changes: what holds, and where it comes from."""

from __future__ import annotations

import os

from unitlint.lsp.workspace import real_path
from unitlint.units.merge import is_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.lsp.session import Session
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

_LONGEST = 60
_MOST_LINES = 12


def inlay_hints(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/inlayHint."""
    document = session.document(parameters)
    if not session.workspace.is_checked(document):
        return []
    unit = session.workspace.unit(document)
    if unit is None or unit.masked or len(unit.documents) < 2:
        return []
    first, last = parameters["range"]["start"]["line"], parameters["range"]["end"]["line"]
    positions = document.positions
    found = []
    for assignment, text in _hints(unit, real_path(document)):
        end = len(assignment.document.line_text(assignment.end_line)) + 1
        place = positions.position(positions.system_offset(assignment.end_line, end))
        if first <= place["line"] <= last:
            found.append({"position": place, "label": text, "paddingLeft": True, "tooltip": _tooltip(unit, assignment)})
    return found


def _hints(unit: Unit, path: str) -> Iterator[tuple[Assignment, str]]:
    """The assignments of one file that others change, or that change others, with the words on it."""
    from unitlint.report.show import fates_of

    fates = fates_of(unit)
    for (section, directive), assigned in unit.assignments.items():
        files = {assignment.document.path for assignment in assigned}
        if len(files) < 2 or path not in files:
            continue
        own = [assignment for assignment in assigned if assignment.document.path == path]
        effective = unit.all(section, directive)
        others = [assignment for assignment in effective if assignment.document.path != path]
        for assignment in own:
            if fates.get(id(assignment)) == "overridden":
                yield assignment, _now(effective)
        holding = [assignment for assignment in own if id(assignment) not in fates]
        if not holding:
            continue
        if is_list(unit.catalogue_kind, section, directive):
            if others:
                yield holding[-1], "also " + ", ".join(_worded(one) for one in others)
        elif effective and effective[-1] is holding[-1]:
            earlier = [one for one in assigned if one.document.path != path and fates.get(id(one)) == "overridden"]
            if earlier:
                yield holding[-1], f"was {_worded(earlier[-1])}"


def _now(effective: tuple[Assignment, ...]) -> str:
    return "→ " + ", ".join(_worded(one) for one in effective) if effective else "→ reset"


def _worded(assignment: Assignment) -> str:
    value = assignment.value if len(assignment.value) <= _LONGEST else assignment.value[: _LONGEST - 3] + "..."
    return f"{value} ({os.path.basename(assignment.path)}:{assignment.line})"


def _tooltip(unit: Unit, assignment: Assignment) -> str:
    assigned = unit.assignments[assignment.section, assignment.directive][-_MOST_LINES:]
    lines = [f"{one.directive}={one.value}  {one.path}:{one.line}" for one in assigned]
    return "\n".join(["In the order in which systemd reads them:", *lines])
