"""Mends that add a line: a reset in a drop-in, an order beside a requirement."""

from __future__ import annotations

import os

from unitlint.base.finding import Fix
from unitlint.fix import edits
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context, Hit
    from unitlint.units.unit import Unit


def reset(unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """An empty ``ExecStart=`` above the drop-in's own; safe where it is the only one, in a drop-in of this unit."""
    line = hit.at
    if not isinstance(line, Assignment):
        return None
    alike = [one for one in unit.all(line.section, line.directive) if one.document is line.document]
    folder = os.path.basename(os.path.dirname(line.path))
    safe = alike == [line] and folder == f"{unit.name}.d"
    return Fix((edits.before_line(line.document, line.line, f"{line.directive}="),), safe, "add an empty assignment")


def after_line(_unit: Unit, hit: Hit, _context: Context) -> Fix | None:
    """``After=`` for what is required, above the line: the order of starting changes, so that a person should look."""
    line, name = hit.at, hit.replacement
    if not isinstance(line, Assignment) or name is None:
        return None
    return Fix((edits.before_line(line.document, line.line, f"After={name}"),), safe=False, says=f"add `After={name}`")
