"""How a sandboxing directive is named in messages."""

from __future__ import annotations

from unitlint.syntax.document import Assignment


def cause_fields(cause: Assignment) -> dict[str, object]:
    """The fields of a message about what hides a path: ``{cause}`` is its name and value."""
    value = cause.value if len(cause.value) <= 40 else cause.value[:39] + "…"
    return {"cause": f"{cause.directive}={value}"}
