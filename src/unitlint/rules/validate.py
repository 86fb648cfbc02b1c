"""Is a condition of a rule file sound?  Every mistake is reported at its line and column."""

from __future__ import annotations

from unitlint.catalogue import directives_of, lookup, sections_of, sections_with
from unitlint.errors import UnitlintError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WORDS = ("set", "equals", "in", "matches", "contains", "less-than", "greater-than", "under")
JOINS = ("all", "any", "not")
CONFS = (
    "journald.conf", "system.conf", "user.conf", "oomd.conf", "coredump.conf", "logind.conf", "resolved.conf",
    "timesyncd.conf", "sleep.conf",
)  # fmt: skip


def check_condition(match: Any, path: str) -> None:
    """Raises UnitlintError for the first thing in ``match`` (a ruamel.yaml node) that the matcher cannot use."""
    if not isinstance(match, dict) or len(match) != 1:
        line, column = _start(match)
        hint = (
            "write `all:` with a list to join several"
            if isinstance(match, dict)
            else "all, any, not or Section.Directive"
        )
        raise UnitlintError("a condition is a mapping with one key", path, line, column, hint)
    ((key, inner),) = match.items()
    if key in ("all", "any"):
        if not isinstance(inner, list) or not inner:
            raise at(match, key, path, f"`{key}` needs a list of conditions")
        for one in inner:
            check_condition(one, path)
    elif key == "not":
        check_condition(inner, path)
    else:
        check_directive(match, key, str(key), path)
        if not isinstance(inner, dict) or not inner:
            raise at(match, key, path, f"`{key}` needs a word and what it asks for", "such as {set: true}")
        for word in inner:
            _check_word(inner, word, path)


def check_directive(node: Any, key: object, name: str, path: str) -> None:
    """Raises UnitlintError where ``name`` is no Section.Directive that any release knew."""
    section, dot, directive = name.partition(".")
    if not dot:
        advice = did_you_mean(name, JOINS) or "write Section.Directive, such as Service.MemoryMax"
        raise at(node, key, path, f"`{name}` is no condition", advice)
    if any(lookup(kind, section, directive) for kind in ("unit", *CONFS)):
        return
    known = {one for kind in ("unit", *CONFS) for one in directives_of(kind, section)}
    hint: str | None = did_you_mean(directive, known) if known else did_you_mean(section, _sections())
    elsewhere = sections_with("unit", directive)
    if known and elsewhere:
        hint = f"it stands in [{'Service' if 'Service' in elsewhere else elsewhere[0]}]"
    raise at(node, key, path, f"systemd knows no directive `{name}`", hint)


def at(node: Any, key: object, path: str, message: str, hint: str | None = None) -> UnitlintError:
    """The error for ``key`` of a mapping, at its place."""
    line, column = node.lc.key(key)
    return UnitlintError(message, path, line + 1, column + 1, hint)


def _check_word(node: Any, word: Any, path: str) -> None:
    wanted = node[word]
    if word not in WORDS:
        raise at(node, word, path, f"unknown word `{word}`", did_you_mean(str(word), WORDS) or ", ".join(WORDS))
    if isinstance(wanted, dict):
        if word in ("set", "in", "matches") or list(wanted) != ["value-of"]:
            raise at(node, word, path, f"`{word}` cannot be asked of a mapping", "only {value-of: Section.Directive}")
        check_directive(wanted, "value-of", str(wanted["value-of"]), path)
    elif word == "set" and not isinstance(wanted, bool):
        raise at(node, word, path, "`set` is true or false")
    elif word == "in" and not isinstance(wanted, list):
        raise at(node, word, path, "`in` needs a list")
    elif isinstance(wanted, list) and word not in ("in", "under"):
        raise at(
            node, word, path, f"`{word}` needs one value, not a list", "use `in`, or `any` with several conditions"
        )
    elif word == "matches":
        from unitlint.rules.patterns import fault

        found = fault(str(wanted))
        if found is not None:
            raise at(node, word, path, found)


def _sections() -> set[str]:
    found: set[str] = set()
    for kind in ("service", "socket", "timer", "mount", "automount", "path", "slice", "swap", "scope", *CONFS):
        found |= sections_of(kind)
    return found


def _start(node: Any) -> tuple[int | None, int | None]:
    place = getattr(node, "lc", None)
    return (None, None) if place is None else (place.line + 1, place.col + 1)
