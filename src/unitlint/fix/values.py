"""Mends of values: systemd's spelling, paths of today, percent signs that are meant as such."""

from __future__ import annotations

import re

from unitlint.base.finding import Fix
from unitlint.base.likeness import is_only_name, is_same_value
from unitlint.catalogue import facts
from unitlint.fix import edits
from unitlint.fix.privileges import may_respell
from unitlint.fix.value_problems import problems_with
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Edit
    from unitlint.rules.model import Context, Hit
    from unitlint.units.unit import Unit


def respell(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The spelling that systemd takes; safe where it only spells the same differently."""
    found = _replaced(unit, hit, context)
    if found is None or not isinstance(hit.at, Assignment):
        return None
    if not may_respell(hit.at.section, hit.at.directive, found.old, found.new):
        return None
    safe = is_same_value(found.old, found.new) and not _is_like_others(found.old, found.new)
    return Fix((found,), safe, f"write `{found.new}`")


def _is_like_others(word: str, meant: str) -> bool:
    """True for the name of a signal that is as near to another one's, as SIGIKLL is to SIGILL and SIGKILL."""
    if not meant.startswith("SIG") or word.upper() == meant:
        return False
    return not is_only_name(word, meant, facts("signals"))


def as_systemd_does(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """What systemd makes of the value anyway, and says so; what it takes no notice of may matter to other releases."""
    found = _replaced(unit, hit, context)
    if found is None:
        return None
    says = f"write `{found.new}`" if found.new else f"remove `{found.old}`"
    return Fix((found,), safe=found.new != "", says=says)


def double_percent(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """Every ``%`` of the word doubled: never sure, as another of them may be meant as a specifier."""
    line = hit.at
    if not isinstance(line, Assignment) or hit.span is None:
        return None
    word = line.value[slice(*hit.span)]
    new = re.sub("%%?", "%%", word)
    found = _replaced(unit, hit._replace(replacement=new), context)
    return None if found is None else Fix((found,), safe=False, says=f"write `{new}`")


def _replaced(unit: Unit, hit: Hit, context: Context) -> Edit | None:
    """The edit, where the value has fewer problems by it."""
    line, new = hit.at, hit.replacement
    if not isinstance(line, Assignment) or new is None or hit.span is None or "\n" in new:
        return None
    start, end = hit.span
    before = problems_with(unit, line.section, line.directive, line.value, context)
    after = problems_with(unit, line.section, line.directive, line.value[:start] + new + line.value[end:], context)
    if before is None or after is None or (before and len(after) >= len(before)) or (not before and after):
        return None
    return edits.of_value(line, start, end, new)
