"""What the messages of declarative rules may name in braces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from unitlint.base.likeness import did_you_mean
from unitlint.catalogue import directives_of, sections_of
from unitlint.rules.facts import FACTS
from unitlint.rules.validate import value_at
from unitlint.rules.walk import ANY_COMMAND, JOINS, SECTIONS, ConditionPart, names_of, parts
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
    "wanted": "what the condition requires, in words: `at least 5min`",
    "reason": "the `reason` of the condition that makes the finding; empty where it has none",
}
"""Beside these: the rule's options, the names given by ``as``, the facts, and every directive by its name."""
OF_A_NAME = ("directive", "value", "item")
"""What ``{limit.value}`` may ask of a name that ``as`` gave."""
KEYS = ("message", "message-when-unset")


def check_messages(raw: Any, path: str) -> None:
    """Raises UnitlintError for a name in braces that no finding of the rule could fill."""
    options = raw.get("options") or {}
    labels = set()
    for part in _parts(raw):
        if "as" in part.words:
            label = str(part.words["as"])
            labels.add(label)
            if label in FIELDS or label in options:
                raise value_at(part.node[part.key], "as", path, f"{{{label}}} means something else", "choose another")
    known = {*FIELDS, *options, *labels, *FACTS}
    for node, key in _texts(raw):
        try:
            names = _names(str(node[key]))
        except ValueError as error:
            raise value_at(node, key, path, f"not a message: {error}", "write {{ and }} for braces") from None
        for name in sorted(names):
            label, dot, wanted = name.partition(".")
            if label in labels and (not dot or wanted in OF_A_NAME):
                continue
            if name not in known and not _is_directive(name):
                hint = did_you_mean(name, [*known, *_directives(raw)])
                hint = hint or f"{', '.join(FIELDS)}, options, names given by `as`, and directives"
                raise value_at(node, key, path, f"nothing is called {{{name}}}", hint)


def names_in_messages(raw: Any) -> set[str]:
    """The names in braces of a rule's messages and reasons, those of ``as`` without what is asked of them."""
    return {name.partition(".")[0] for node, key in _texts(raw) for name in _names(str(node[key]))}


def _texts(raw: Any) -> Iterator[tuple[Any, str]]:
    """Each text that may hold names in braces, as a mapping and its key."""
    yield from ((raw, key) for key in KEYS if raw.get(key))
    seen = set()
    for part in _parts(raw):
        words = part.node[part.key]
        if "reason" in words and id(words) not in seen:
            seen.add(id(words))
            yield words, "reason"


def _parts(raw: Any) -> Iterator[ConditionPart]:
    for key in SECTIONS:
        yield from parts(raw.get(key))


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
    return {part.name.partition(".")[2] for part in _parts(raw) if "." in part.name}


_BEFORE = {
    "equals": "", "in": "", "glob": "", "matches": "matching ", "contains": "containing ", "under": "below ",
    "other-than": "other than ", "program": "running ", "argument": "with ", "prefix": "with the prefix ",
    "less-than": "less than ", "at-most": "at most ", "at-least": "at least ", "greater-than": "more than ",
}  # fmt: skip


_SILENT = ("or-unset", "directives", "note", "as", "reason")
"""Words of which ``{wanted}`` does not speak."""


def describe(node: Any, options: Mapping[str, Any]) -> str:
    """What a condition asks for: ``at least 5min``, ``team-*.slice or infra.slice``."""
    ((key, inner),) = node.items()
    return _joined(key, inner, options) if key in JOINS else _words(inner, options)


def _joined(key: str, inner: Any, options: Mapping[str, Any]) -> str:
    if key == "not":
        return f"not {_named(inner, options)}"
    return (" and " if key == "all" else " or ").join(_named(one, options) for one in inner)


def _named(node: Any, options: Mapping[str, Any]) -> str:
    ((key, inner),) = node.items()
    if key in JOINS:
        return _joined(key, inner, options)
    if key == ANY_COMMAND:
        return f"a command {_words(inner, options)}"
    names = [f"{name.partition('.')[2]}=" if "." in name else name for name in names_of(key, inner)]
    return f"{listed(names)} {_words(inner, options)}"


def _words(inner: Any, options: Mapping[str, Any]) -> str:
    return " and ".join(_word(word, wanted, options) for word, wanted in inner.items() if word not in _SILENT)


def listed(value: Any) -> str:
    """``a, b or c``."""
    words = [as_text(one) for one in as_list(value)]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"


def _word(word: str, wanted: Any, options: Mapping[str, Any]) -> str:
    if word == "set":
        return "set" if wanted else "not set"
    if word == "enabled":
        return "on" if wanted else "off"
    if isinstance(wanted, dict):
        if "value-of" in wanted:
            return f"{_BEFORE[word]}{wanted['value-of'].partition('.')[2]}="
        wanted = options[wanted["option"]]
    return _BEFORE[word] + listed(wanted)
