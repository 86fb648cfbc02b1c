"""Can a value of a rule file be what it is compared with?  ``RandomizedDelaySec: {at-least: 5 minits}`` cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unitlint.base.likeness import did_you_mean
from unitlint.catalogue import lookup, sections_with
from unitlint.files.classify import CONFS
from unitlint.rules.walk import OWN, parts
from unitlint.rules.words import as_list, as_text
from unitlint.values.typed import comparable, has_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.catalogue import CatalogueEntry
    from unitlint.rules.model import Rule

ORDERED = ("less-than", "at-most", "at-least", "greater-than")
TYPED = ("equals", "other-than", "in", *ORDERED)
KINDS = ("unit", *CONFS)
_NAMES = {
    "bool": "boolean", "timespan": "time span, such as 5min", "timespan_nsec": "time span, such as 5min",
    "octal_mode": 'octal mode, such as "0027"', "percent": "percentage", "percent_unbounded": "percentage",
    "size": "size, such as 512M or 2G", "size_or_infinity": "size, such as 512M or 2G",
    "size_or_percent": "size or percentage, such as 2G or 10%",
    "size_or_percent_or_infinity": "size or percentage, such as 2G or 10%", "rlimit": "limit of this kind",
    "integer": "whole number", "integer_or_infinity": "whole number or infinity", "cpu_weight": "whole number",
    "integer_or_percent_or_infinity": "whole number or percentage",
}  # fmt: skip

LiteralFault = tuple[str, str | None]
"""What is wrong, and what to do."""


def fault_of(word: str, name: str, value: Any) -> LiteralFault | None:
    """What is wrong with ``value`` behind ``word`` for the directive ``name``; None where nothing is."""
    if word == "matches":
        from unitlint.rules.patterns import fault

        found = fault(as_text(value))
        return (found, None) if found else None
    if word in ("glob", "program", "argument"):
        return next(filter(None, map(_fault_of_glob, as_list(value))), None)
    if name == "release" and word in ORDERED:
        return None if isinstance(value, int) else (f"`{value}` is not a release", "a number, such as 257")
    if word not in TYPED or "." not in name:
        return None
    section, _, directive = name.partition(".")
    if section == OWN:
        section = sections_with("unit", directive)[0]
    kind = next((kind for kind in KINDS if lookup(kind, section, directive)), None)
    if kind is None:
        return None
    entry = lookup(kind, section, directive) or {}
    if word in ORDERED and not has_order(str(entry.get("type"))):
        return f"values of {directive}= are not more or less than one another", "use equals, in, glob or matches"
    return next(filter(None, (_fault_of_one(one, entry, section, kind, word) for one in as_list(value))), None)


def _fault_of_one(value: Any, entry: CatalogueEntry, section: str, kind: str, word: str) -> LiteralFault | None:
    directive, value_type, text = str(entry["name"]), str(entry.get("type")), as_text(value)
    if value_type == "octal_mode" and not isinstance(value, str):
        return f"`{text}` was read as a decimal number", f'write it in quotes: "0{text}"'
    if text in entry.get("keywords", ()):
        return None
    if value_type == "enum":
        return _fault_of_choice(text, entry)
    if comparable(section, directive, text, kind) is not None:
        return None
    what = _NAMES.get(value_type) or value_type.replace("_", " ")
    where = "" if word in ORDERED else f" that {directive}= takes"
    return f"`{text}` is not a valid {what}{where}", None


def _fault_of_choice(text: str, entry: CatalogueEntry) -> LiteralFault | None:
    from unitlint.values.typed import parse_boolean

    known = [*(entry.get("enum") or ()), *entry.get("enum_removed", ()), *entry.get("enum_aliases", ())]
    if not known or text in known or (entry.get("accepts_bool") and parse_boolean(text) is not None):
        return None
    return f"{entry['name']}= does not accept `{text}`", did_you_mean(text, known) or f"it accepts {', '.join(known)}"


def _fault_of_glob(value: Any) -> LiteralFault | None:
    from unitlint.rules.patterns import CannotMatch, glob

    try:
        glob(as_text(value))
    except CannotMatch as reason:
        return str(reason), None
    return None


def faults_of_options(
    rules: Iterable[Rule], options: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, LiteralFault]]:
    """(option, what is wrong) for each value that the conditions of its rule could never compare."""
    for rule in rules:
        given = {**options.get(rule.name, {}), **options.get(rule.code, {})}
        if given:
            for word, directive, option in _uses([rule.details.match, rule.details.require, rule.details.when]):
                found = fault_of(word, directive, given[option]) if option in given else None
                if found is not None:
                    yield option, found


def _uses(nodes: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """(word, directive, option) wherever a condition names an option."""
    for node in nodes:
        for part in parts(node):
            for word, wanted in part.words.items():
                if isinstance(wanted, dict) and "option" in wanted:
                    yield word, part.name, wanted["option"]
