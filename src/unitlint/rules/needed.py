"""Which directives a unit has to assign for a condition to hold: units without them are not asked."""

from __future__ import annotations

from unitlint.rules.walk import ANY_COMMAND, ANY_OF, names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NOTHING: frozenset[str] = frozenset()
IN_MOST_UNITS = frozenset((
    "Service.ExecStart", "Service.Type", "Service.User", "Service.Restart", "Unit.After", "Unit.Description",
    "Install.WantedBy",
))  # fmt: skip


def needed(match: Any) -> frozenset[str]:
    """Directives of which at least one must be assigned for ``match`` to hold; empty where none has to be.

    Of several that are needed together it takes those that the fewest units assign: a short list, of rare ones.
    """
    if not isinstance(match, dict):
        return NOTHING
    ((key, inner),) = match.items()
    if key == "all":
        return min((found for found in map(needed, inner) if found), key=_how_common, default=NOTHING)
    if key == "any":
        found = [needed(part) for part in inner]
        return NOTHING.union(*found) if all(found) else NOTHING
    if key == "not":
        return NOTHING
    if inner.get("set") is False or inner.get("or-unset"):
        return NOTHING
    if key in (ANY_OF, ANY_COMMAND) or "." in key:
        return frozenset(names_of(key, inner))
    return NOTHING


def _how_common(directives: frozenset[str]) -> int:
    return len(directives) + 100 * len(directives & IN_MOST_UNITS)
