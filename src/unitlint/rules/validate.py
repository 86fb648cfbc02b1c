"""Is a condition of a rule file sound?  Every mistake is reported at its line and column."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError, did_you_mean
from unitlint.catalogue import directives_of, lookup, sections_of, sections_with
from unitlint.files.classify import CONFS
from unitlint.rules.conditions import FACTS
from unitlint.rules.literals import fault_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

WORDS: dict[str, str] = {
    "set": "true or false: whether it is assigned at all",
    "equals": "one value, compared as systemd reads it: `1G` equals `1024M`, `yes` equals `true`",
    "in": "a list of values, of which it equals one",
    "glob": "one pattern or a list: `*`, `?` and `[a-z]` as in a shell, for the whole value",
    "matches": "a regular expression, found anywhere in the value unless anchored by `^` and `$`",
    "contains": "one item or a list: among the blank-separated items of all assignments there is one of them",
    "under": "one folder or a list: the path, or the program of a command, lies in one of them",
    "less-than": "sizes, times, numbers, percentages",
    "at-most": "the same",
    "at-least": "the same",
    "greater-than": "the same",
    "or-unset": "true: the other words hold as well where nothing is assigned",
}
"""The words of a condition, and what stands behind each."""
JOINS = ("all", "any", "not")
LISTS = ("in", "glob", "contains", "under")
"""Words that take a list."""
MANY = ("glob", "contains", "under")
"""Those of them that take one value as well."""


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
        if key not in FACTS:
            check_directive(match, key, str(key), path)
        if not isinstance(inner, dict) or not inner:
            raise at(match, key, path, f"`{key}` needs a word and what it asks for", "such as {set: true}")
        for word in inner:
            _check_word(inner, word, str(key), path, options)
        if inner.get("set") is False and len(inner) > 1:
            raise at(inner, "set", path, "what is not set has no value to ask for", "use `or-unset: true`")
        if set(inner) == {"or-unset"}:
            raise at(inner, "or-unset", path, "`or-unset` needs another word beside it", "such as {equals: true}")


def check_directive(node: Any, key: object, name: str, path: str) -> None:
    """Raises UnitlintError where ``name`` is no Section.Directive that any release knew."""
    section, dot, directive = name.partition(".")
    if not dot:
        sections = sections_with("unit", name)
        advice = f"did you mean `{'Service' if 'Service' in sections else sections[0]}.{name}`?" if sections else None
        advice = advice or did_you_mean(name, (*JOINS, *FACTS)) or "write Section.Directive, such as Service.MemoryMax"
        raise at(node, key, path, f"`{name}` is no condition", advice)
    if any(lookup(kind, section, directive) for kind in ("unit", *CONFS)):
        return
    known = {one for kind in ("unit", *CONFS) for one in directives_of(kind, section)}
    hint: str | None = did_you_mean(directive, known) if known else did_you_mean(section, _sections())
    elsewhere = sections_with("unit", directive)
    spelt = next((one for one in known_directives() if one.lower() == name.lower()), None)
    if spelt:
        hint = f"did you mean `{spelt}`?"
    elif known and elsewhere:
        hint = f"it stands in [{'Service' if 'Service' in elsewhere else elsewhere[0]}]"
    raise at(node, key, path, f"systemd knows no directive `{name}`", hint)


def at(node: Any, key: object, path: str, message: str, hint: str | None = None) -> UnitlintError:
    """The error for ``key`` of a mapping, at its place."""
    return UnitlintError(message, path, *_place(node, key, "key"), hint)


def value_at(node: Any, key: object, path: str, message: str, hint: str | None = None) -> UnitlintError:
    """The error for what stands behind ``key``."""
    return UnitlintError(message, path, *_place(node, key, "value"), hint)


def _check_word(node: Any, word: Any, name: str, path: str, options: Mapping[str, Any]) -> None:
    wanted = node[word]
    if word not in WORDS:
        raise at(node, word, path, f"unknown word `{word}`", did_you_mean(str(word), WORDS) or ", ".join(WORDS))
    if name in FACTS and word not in ("equals", "in", "glob", "matches"):
        raise at(node, word, path, f"`{word}` cannot be asked of {name}", "use equals, in, glob or matches")
    if word in ("set", "or-unset"):
        if not isinstance(wanted, bool) or (word == "or-unset" and not wanted):
            raise at(node, word, path, "`set` is true or false" if word == "set" else "`or-unset` can only be true")
        return
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
    found = fault_of(str(word), name, wanted)
    if found is not None:
        raise value_at(node, word, path, *found)


def _referred(node: Any, word: str, path: str, options: Mapping[str, Any]) -> Any:
    """The default of the option that stands behind a word; None for the value of another directive."""
    wanted = node[word]
    if list(wanted) == ["option"]:
        if word == "matches":
            raise at(node, word, path, "a regular expression stands in the rule, not in an option", "use `glob`")
        option = wanted["option"]
        if option not in options:
            hint = did_you_mean(str(option), options) or "name it below `options:`, with its default"
            raise value_at(wanted, "option", path, f"the rule has no option `{option}`", hint)
        return options[option]
    if list(wanted) == ["value-of"] and word not in ("in", "matches", "glob", "contains"):
        check_directive(wanted, "value-of", str(wanted["value-of"]), path)
        return None
    hint = "only {value-of: Section.Directive} or {option: name}"
    raise at(node, word, path, f"`{word}` cannot be asked of a mapping", hint)


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
