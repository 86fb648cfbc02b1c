"""UL015: a one-value directive that a file assigns again further down."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.merge import is_list
from unitlint.units.unit import Unit


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each line that another one of the same file overrides; values that systemd ignores do not."""
    if unit.effective is unit.assignments:
        return  # nothing is assigned twice
    kind = unit.name if unit.type == "conf" else "unit"
    for key, lines in unit.assignments.items():
        if len(lines) < 2 or is_list(kind, *key):
            continue
        ignored = {id(one) for one in unit.ignored.get(key, ())}
        taken = [one for one in lines if one.value and id(one) not in ignored]
        for earlier, later in pairwise(taken):
            if earlier.document is later.document and not _is_reset_between(lines, earlier, later):
                yield Hit(earlier, {"line": later.line}, ((later, "this one counts"),))


def _is_reset_between(lines: tuple[Assignment, ...], earlier: Assignment, later: Assignment) -> bool:
    """Whoever empties a directive before assigning it again knows what they do."""
    return any(not one.value and earlier.line < one.line < later.line for one in lines if one.path == later.path)
