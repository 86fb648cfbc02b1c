"""UL402: a path that is to be writable, and that another directive takes away."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.view import hiding, path_items, view_of
from unitlint.checks.sandbox.words import cause_fields
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Paths with ``-`` may be missing, so they count only below an inaccessible path."""
    view = view_of(unit, context)
    for item in path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"):
        hidden = hiding(view, item.path)
        if hidden is None or (hidden.emptied and item.optional):
            continue
        outcome = "so the service cannot start (226/NAMESPACE)" if hidden.emptied else "so it stays out of reach"
        fields = {"path": item.text, "outcome": outcome, **cause_fields(hidden.cause)}
        yield Hit(item.assignment, fields, ((hidden.cause, "hidden by this"),), span=(item.start, item.end))
