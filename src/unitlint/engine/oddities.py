"""What is odd about a unit: the kinds of mistakes, and of files, by which rules are asked of it."""

from __future__ import annotations

import os

from unitlint.files.unread import why_unread
from unitlint.units.commands import commands
from unitlint.units.judged import judged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.engine.plan import Plan
    from unitlint.units.unit import Unit

_USUAL_MODES = frozenset((0, 0o444, 0o644, 0o664))


def objections_to(unit: Unit, plan: Plan) -> set[str]:
    """The kinds of mistakes that the reader and the value grammars found, and what is odd about the files."""
    kinds = set(judged(unit, plan.release).by_rule)
    if unit.masked:
        kinds.add("masked")
    if not unit.has_fragment:
        kinds.add("no-fragment")
    if len(unit.documents) > 1 or unit.generated:
        kinds.add("several-files")
    if unit.type == "service" and not any(commands(unit, plan.release, "ExecStart")):
        kinds.add("no-exec-start")
    if unit.effective is not unit.assignments:
        kinds.add("assigned-twice")
    if unit.odd_links:
        kinds.add("odd-link")
    if unit.shadowed:
        kinds.add("shadowed")
    if unit.hidden_drop_ins:
        kinds.add("hidden-drop-in")
    is_unit = (unit.has_fragment and not unit.quadlet) or unit.is_misplaced_unit
    if is_unit and not _is_in_read_folder(unit, plan):
        kinds.add("unread-folder")
    for document in unit.documents:
        if document.mode not in _USUAL_MODES:
            kinds.add("unusual-mode")
        if document.problems:
            kinds.update([problem.kind for problem in document.problems])
    return kinds


def _is_in_read_folder(unit: Unit, plan: Plan) -> bool:
    path = unit.path
    folder = path[: path.rfind(os.sep) + 1]
    is_read = plan.read_folders.get(folder)
    if is_read is None:
        is_read = plan.read_folders[folder] = not why_unread(os.path.abspath(folder))
    return is_read
