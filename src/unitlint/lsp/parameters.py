"""Whether the parameters of a message have the form that the protocol gives them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WORDS = {str: "a string", int: "a whole number", dict: "an object", list: "a list"}
_FORMS: dict[str, dict[str, type]] = {
    "textDocument": {"uri": str},
    "position": {"line": int, "character": int},
    "start": {"line": int, "character": int},
    "end": {"line": int, "character": int},
    "range": {"start": dict, "end": dict},
}
"""The parts that an object of this name has to have."""
_OPTIONAL: dict[str, dict[str, type]] = {"textDocument": {"text": str}}
_INSIDE = {"range": ("start", "end")}


def mistake_in(parameters: dict[str, Any]) -> str | None:
    """What is wrong with the document, position, range or changes that a message names; None for nothing."""
    for name in ("textDocument", "position", "range"):
        found = _mistake_at(name, parameters[name]) if name in parameters else None
        if found is not None:
            return found
    changes = parameters.get("contentChanges", [])
    if not isinstance(changes, list):
        return _expected("contentChanges", list)
    for change in changes:
        if not isinstance(change, dict) or not isinstance(change.get("text"), str):
            return _expected("text in contentChanges", str)
        found = None if change.get("range") is None else _mistake_at("range", change["range"])
        if found is not None:
            return found
    return None


def _mistake_at(name: str, value: Any) -> str | None:
    if not isinstance(value, dict):
        return _expected(name, dict)
    for part, kind in _FORMS[name].items():
        if not isinstance(value.get(part), kind):
            return _expected(f"{name}.{part}", kind)
    for part, kind in _OPTIONAL.get(name, {}).items():
        if part in value and not isinstance(value[part], kind):
            return _expected(f"{name}.{part}", kind)
    return next(filter(None, (_mistake_at(part, value[part]) for part in _INSIDE.get(name, ()))), None)


def _expected(place: str, kind: type) -> str:
    return f"{place} must be {_WORDS[kind]}"
