"""Is a condition of a rule file sound?  Every mistake is reported at its line and column."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.base.likeness import did_you_mean
from unitlint.catalogue import directives_of, lookup, sections_of, sections_with
from unitlint.files.classify import CONFS
from unitlint.rules.conditions import COMMAND_WORDS, SAYING_WORDS
from unitlint.rules.facts import FACTS
from unitlint.rules.literals import fault_of
from unitlint.rules.walk import ANY_COMMAND, ANY_OF, COMMAND_DIRECTIVES, JOINS, OWN, names_of
from unitlint.rules.words import as_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

WORDS: dict[str, str] = {
    "set": "true or false: whether it is assigned at all",
    "enabled": "true or false: whether it is switched on, in any form: `yes`, but also `strict` or `read-only`",
    "equals": "one value, compared as systemd reads it: `1G` equals `1024M`, `yes` equals `true`",
    "other-than": "one value or a list: it is set, and equals none of them",
    "in": "a list of values, of which it equals one",
    "glob": "one pattern or a list: `*`, `?` and `[a-z]` as in a shell, for the whole value",
    "matches": "a regular expression, found anywhere in the value unless anchored by `^` and `$`",
    "contains": "one item or a list: among the space-separated items of all assignments there is one of them",
    "under": "one directory or a list: the path, or the program of a command, lies in one of them",
    "less-than": "sizes, times, numbers, percentages",
    "at-most": "the same",
    "at-least": "the same",
    "greater-than": "the same",
    "program": "one pattern or a list: the file name of a command's program, `java` of `/usr/lib/jvm/bin/java`",
    "argument": "one pattern or a list: one of the same command's arguments",
    "prefix": "one or a list: the command has it, such as `-`, `+` or `!`",
    "or-unset": "true: the other words are also true if nothing is assigned",
    "note": "a text: if the condition is true, its line is shown beside the finding, with this text",
    "as": "a name: `{name}` in messages is `Directive=value` of the line that the condition found",
    "reason": "a text: `{reason}` in the message of a finding that this condition makes",
}
"""The words of a condition, and what stands behind each."""
LISTS = ("other-than", "in", "glob", "contains", "under", "program", "argument", "prefix")
"""Words that take a list."""
MANY = ("other-than", "glob", "contains", "under", "program", "argument", "prefix")
"""Those of them that take one value as well."""
FLAGS = ("set", "enabled", "or-unset")
"""Words that take true or false."""
PREFIXES = ("-", "@", ":", "+", "!", "!!", "|")
WITH_REFERENCE = ("equals", "other-than", "under", "less-than", "at-most", "at-least", "greater-than")
"""Words that can compare with another directive."""


def check_condition(parent: Any, where: Any, path: str, options: Mapping[str, Any]) -> None:
    """Raises UnitlintError for the first thing in the condition ``parent[where]`` that the matcher cannot use.

    ``parent`` is a ruamel.yaml mapping or list; ``options`` are those that the rule has, with their defaults.
    """
    match = parent[where]
    if not isinstance(match, dict) or len(match) != 1:
        line, column = _place(parent, where, "value" if isinstance(parent, dict) else "item")
        hint = "write `all:` or `any:` before a list of several"
        raise UnitlintError("a condition is a mapping with one key", path, line, column, hint)
    ((key, inner),) = match.items()
    if key in ("all", "any"):
        if not isinstance(inner, list) or not inner:
            raise at(match, key, path, f"`{key}` needs a list of conditions")
        for number in range(len(inner)):
            check_condition(inner, number, path, options)
    elif key == "not":
        check_condition(match, key, path, options)
    else:
        _check_leaf(match, key, inner, path, options)


def _check_leaf(match: Any, key: Any, inner: Any, path: str, options: Mapping[str, Any]) -> None:
    name = str(key)
    if name not in (*FACTS, ANY_OF, ANY_COMMAND):
        check_directive(match, key, name, path)
    if not isinstance(inner, dict) or not inner:
        raise at(match, key, path, f"`{key}` needs a word and a value", "such as {set: true}")
    if name == ANY_OF:
        _check_listed(match, inner, path)
    words = [word for word in inner if not (name == ANY_OF and word == "directives")]
    for word in words:
        for directive in names_of(name, inner):
            _check_word(inner, word, directive, path, options)
    _check_together(match, key, inner, words, path)


def _check_together(match: Any, key: Any, inner: Any, words: list[Any], path: str) -> None:
    """Words that make no sense side by side, or alone."""
    asking = [word for word in words if word not in SAYING_WORDS]
    if not asking:
        raise at(match, key, path, f"`{key}` has no condition", "such as {set: true}")
    if inner.get("set") is False and len(asking) > 1:
        raise at(inner, "set", path, "a directive that is not set has no value to compare", "use `or-unset: true`")
    if asking == ["or-unset"]:
        raise at(inner, "or-unset", path, "`or-unset` needs another word beside it", "such as {equals: true}")
    of_commands = [word for word in words if word in COMMAND_WORDS]
    of_values = [word for word in asking if word not in (*COMMAND_WORDS, *FLAGS)]
    if of_commands and of_values:
        hint = "put them into two conditions below `all:`"
        raise at(inner, of_values[0], path, f"`{of_values[0]}` and `{of_commands[0]}` cannot be combined", hint)
    if str(key) == ANY_COMMAND and not of_commands:
        raise at(match, key, path, f"`{ANY_COMMAND}` needs a condition about a command", "such as {program: sudo}")


def _check_listed(match: Any, inner: Any, path: str) -> None:
    listed = inner.get("directives")
    if not isinstance(listed, list) or not listed:
        hint = f"{ANY_OF}: {{directives: [Service.User, Service.Group], set: true}}"
        if "directives" in inner:
            raise value_at(inner, "directives", path, "`directives` must be a list of directives", hint)
        raise at(match, ANY_OF, path, f"`{ANY_OF}` needs a list of `directives`", hint)
    for number, name in enumerate(listed):
        check_directive(listed, number, str(name), path)


def check_directive(node: Any, key: object, name: str, path: str) -> None:
    """Raises UnitlintError where ``name`` is no Section.Directive that any release knew."""
    section, dot, directive = name.partition(".")
    if section == OWN and dot:
        if sections_with("unit", directive):
            return
        known_names = {one.partition(".")[2] for one in known_directives()}
        raise at(node, key, path, f"systemd knows no directive `{directive}`", did_you_mean(directive, known_names))
    if not dot:
        sections = sections_with("unit", name)
        advice = f"did you mean `{'Service' if 'Service' in sections else sections[0]}.{name}`?" if sections else None
        advice = (
            advice
            or did_you_mean(name, (*JOINS, ANY_OF, ANY_COMMAND, *FACTS))
            or "write Section.Directive, such as Service.MemoryMax"
        )
        raise at(node, key, path, f"`{name}` is not a condition", advice)
    if any(lookup(kind, section, directive) for kind in ("unit", *CONFS)):
        return
    known = {one for kind in ("unit", *CONFS) for one in directives_of(kind, section)}
    hint: str | None = did_you_mean(directive, known) if known else did_you_mean(section, _sections())
    elsewhere = sections_with("unit", directive)
    spelt = next((one for one in known_directives() if one.lower() == name.lower()), None)
    if spelt:
        hint = f"did you mean `{spelt}`?"
    elif known and elsewhere:
        hint = f"it is in [{'Service' if 'Service' in elsewhere else elsewhere[0]}]"
    raise at(node, key, path, f"systemd knows no directive `{name}`", hint)


def at(node: Any, key: object, path: str, message: str, hint: str | None = None) -> UnitlintError:
    """The error for ``key`` of a mapping, at its place."""
    return UnitlintError(message, path, *_place(node, key, "key"), hint)


def value_at(node: Any, key: object, path: str, message: str, hint: str | None = None) -> UnitlintError:
    """The error for what stands behind ``key``."""
    return UnitlintError(message, path, *_place(node, key, "value"), hint)


def _check_word(node: Any, word: Any, name: str, path: str, options: Mapping[str, Any]) -> None:
    if word not in WORDS:
        raise at(node, word, path, f"unknown word `{word}`", did_you_mean(str(word), WORDS) or ", ".join(WORDS))
    if name in FACTS and word not in (*FACTS[name].words, *SAYING_WORDS):
        raise at(node, word, path, f"`{word}` cannot be used with {name}", f"use {', '.join(FACTS[name].words)}")
    if word in COMMAND_WORDS and name.partition(".")[2] not in COMMAND_DIRECTIVES:
        raise at(node, word, path, f"`{word}` applies only to commands, such as Service.ExecStart")
    if word in FLAGS:
        _check_flag(node, word, path)
    elif word in SAYING_WORDS:
        _check_saying(node, word, path)
    else:
        _check_wanted(node, word, name, path, options)


def _check_wanted(node: Any, word: str, name: str, path: str, options: Mapping[str, Any]) -> None:
    """What stands behind a word that compares."""
    wanted = node[word]
    if isinstance(wanted, dict):
        wanted = _referred(node, word, path, options)
        if wanted is None:
            return
    if word == "in" and not isinstance(wanted, list):
        raise at(node, word, path, "`in` needs a list", "[one, another]")
    if isinstance(wanted, list) and word not in LISTS:
        raise at(
            node, word, path, f"`{word}` needs one value, not a list", "use `in`, or `any` with several conditions"
        )
    for prefix in as_list(wanted) if word == "prefix" else ():
        if prefix not in PREFIXES:
            raise value_at(node, word, path, f"`{prefix}` is not a prefix of a command", ", ".join(PREFIXES))
    found = fault_of(word, name, wanted)
    if found is not None:
        raise value_at(node, word, path, *found)


def _check_saying(node: Any, word: str, path: str) -> None:
    said = node[word]
    if not isinstance(said, str) or not said:
        raise value_at(node, word, path, f"`{word}` must be a text")
    if word == "as" and not said.isidentifier():
        raise value_at(
            node, word, path, f"`{said}` is not a name", "use letters, digits and underscores, such as limit"
        )


def _check_flag(node: Any, word: str, path: str) -> None:
    if not isinstance(node[word], bool) or (word == "or-unset" and not node[word]):
        what = "`or-unset` can only be true" if word == "or-unset" else f"`{word}` is true or false"
        raise at(node, word, path, what)


def _referred(node: Any, word: str, path: str, options: Mapping[str, Any]) -> Any:
    """The default of the option that stands behind a word; None for the value of another directive."""
    wanted = node[word]
    if list(wanted) == ["option"]:
        if word == "matches":
            raise at(node, word, path, "a regular expression must be in the rule, not in an option", "use `glob`")
        option = wanted["option"]
        if option not in options:
            hint = did_you_mean(str(option), options) or "name it below `options:`, with its default"
            raise value_at(wanted, "option", path, f"the rule has no option `{option}`", hint)
        return options[option]
    if list(wanted) == ["value-of"] and word in WITH_REFERENCE:
        check_directive(wanted, "value-of", str(wanted["value-of"]), path)
        return None
    hint = "only {value-of: Section.Directive} or {option: name}"
    raise at(node, word, path, f"`{word}` cannot be used in a mapping", hint)


def known_directives() -> set[str]:
    """``Section.Directive`` of everything that any release knew."""
    return {
        f"{section}.{directive}"
        for kind in ("unit", *CONFS)
        for section in (_sections() if kind == "unit" else sections_of(kind))
        for directive in directives_of(kind, section)
    }


def _sections() -> set[str]:
    found: set[str] = set()
    for kind in ("service", "socket", "timer", "mount", "automount", "path", "slice", "swap", "scope", *CONFS):
        found |= sections_of(kind)
    return found


def _place(node: Any, key: object, what: str) -> tuple[int | None, int | None]:
    """Line and column of a key or value; those of the whole mapping for one that a merge key (``<<``) brought in."""
    try:
        line, column = getattr(node.lc, what)(key)
    except (KeyError, TypeError, IndexError):
        return _start(node)
    return line + 1, column + 1


def _start(node: Any) -> tuple[int | None, int | None]:
    place = getattr(node, "lc", None)
    return (None, None) if place is None else (place.line + 1, place.col + 1)
