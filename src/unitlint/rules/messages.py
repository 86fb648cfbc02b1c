"""What the messages of declarative rules may name in braces."""

from __future__ import annotations

from collections.abc import Mapping

from unitlint.base.errors import did_you_mean
from unitlint.catalogue import directives_of, sections_of
from unitlint.rules.validate import value_at
from unitlint.rules.words import as_list, as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FIELDS = {
    "unit": "the unit's name",
    "section": "the section of the place that the finding points at",
    "directive": "the directive there",
    "value": "its value, as written",
    "item": "the one item of a list that is at fault, else the value",
    "wanted": "what the condition asks for, in words: `at least 5min`",
}
"""Beside these: the rule's options, and every directive by its name."""
KEYS = ("message", "message-when-unset")


def check_messages(raw: Any, path: str) -> None:
    """Raises UnitlintError for a name in braces that no finding of the rule could fill."""
    options = raw.get("options") or {}
    for key in KEYS:
        if not raw.get(key):
            continue
        try:
            names = _names(str(raw[key]))
        except ValueError as error:
            raise value_at(raw, key, path, f"not a message: {error}", "write {{ and }} for braces") from None
        for name in sorted(names - set(FIELDS) - set(options)):
            if not _is_directive(name):
                known = [*FIELDS, *options, *_directives(raw)]
                hint = did_you_mean(name, known) or f"{', '.join(FIELDS)}, options and directives"
                raise value_at(raw, key, path, f"nothing is called {{{name}}}", hint)


def names_in_messages(raw: Any) -> set[str]:
    """The names in braces of a rule's messages."""
    return {name for key in KEYS if raw.get(key) for name in _names(str(raw[key]))}


def _names(message: str) -> set[str]:
    from string import Formatter

    names = set()
    for _, name, form, conversion in Formatter().parse(message):
        if form or conversion:
            raise ValueError(
                f"only a name may stand in braces, not {{{name}{':' if form else '!'}{form or conversion}}}"
            )
        if name is not None:
            names.add(name)
    return names


def _is_directive(name: str) -> bool:
    from unitlint.rules.literals import KINDS

    return any(name in directives_of(kind, section) for kind in KINDS for section in _sections(kind))


def _sections(kind: str) -> frozenset[str]:
    if kind != "unit":
        return sections_of(kind)
    types = ("service", "socket", "timer", "mount", "automount", "path", "slice", "swap", "scope")
    return frozenset(section for one in types for section in sections_of(one))


def _directives(raw: Any) -> set[str]:
    """The directives that the rule's own conditions name."""
    found: set[str] = set()
    waiting = [raw.get(key) for key in ("match", "require", "when")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            found |= {key.partition(".")[2] for key in node if isinstance(key, str) and "." in key}
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found


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
