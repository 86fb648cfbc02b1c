"""Conditions in words, for ``{wanted}`` in messages."""

from __future__ import annotations

from collections.abc import Mapping

from unitlint.rules.words import as_list, as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BEFORE = {
    "equals": "", "in": "", "glob": "", "matches": "matching ", "contains": "containing ", "under": "below ",
    "less-than": "less than ", "at-most": "at most ", "at-least": "at least ", "greater-than": "more than ",
}  # fmt: skip


def describe(node: Any, options: Mapping[str, Any]) -> str:
    """What a condition asks for: ``at least 5min``, ``team-*.slice or infra.slice``."""
    ((key, inner),) = node.items()
    return _joined(key, inner, options) if key in ("all", "any", "not") else _words(inner, options)


def _joined(key: str, inner: Any, options: Mapping[str, Any]) -> str:
    if key == "not":
        return f"not {_named(inner, options)}"
    return (" and " if key == "all" else " or ").join(_named(one, options) for one in inner)


def _named(node: Any, options: Mapping[str, Any]) -> str:
    ((key, inner),) = node.items()
    if key in ("all", "any", "not"):
        return _joined(key, inner, options)
    name = key.partition(".")[2]
    return f"{name}= {_words(inner, options)}" if name else f"{key} {_words(inner, options)}"


def _words(inner: Any, options: Mapping[str, Any]) -> str:
    return " and ".join(_word(word, wanted, options) for word, wanted in inner.items() if word != "or-unset")


def listed(value: Any) -> str:
    """``a, b or c``."""
    words = [as_text(one) for one in as_list(value)]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"


def _word(word: str, wanted: Any, options: Mapping[str, Any]) -> str:
    if word == "set":
        return "set" if wanted else "not set"
    if isinstance(wanted, dict):
        if "value-of" in wanted:
            return f"{_BEFORE[word]}{wanted['value-of'].partition('.')[2]}="
        wanted = options[wanted["option"]]
    return _BEFORE[word] + listed(wanted)
