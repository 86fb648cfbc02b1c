"""Directives that no section of this kind of file has (conf-parser.c: next_assignment)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue import directives_of, known, lookup
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Every assignment whose directive the release does not know in its section."""
    kind = unit.name if unit.type == "conf" else "unit"
    for (section, directive), assignments in unit.assignments.items():
        if directive.startswith("X-") or section.startswith("X-"):
            continue
        entry = lookup(kind, section, directive)
        if entry is None or not known(entry, context.release):
            suggestion = _nearest(kind, section, directive) if entry is None else None
            fields = {"release": context.release}
            for assignment in assignments:
                yield Hit(assignment, fields, on_name=True, suggestion=suggestion)


def _nearest(kind: str, section: str, directive: str) -> str | None:
    from unitlint.errors import did_you_mean

    return did_you_mean(directive, directives_of(kind, section))
