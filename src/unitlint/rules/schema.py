"""Every key of a rule.yaml: what it holds, and what it means.  The reader, the docs and the JSON Schema share this."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.base.likeness import did_you_mean
from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_TYPES, UNIT_TYPES
from unitlint.files.search_path import ALONE
from unitlint.rules.validate import at, value_at
from unitlint.rules.walk import ANY_COMMAND, OWN, SECTIONS, parts, section_of, split
from unitlint.settings.model import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TEXT, TEXTS, FLAG, TABLE = "text", "list of texts", "true or false", "table"
CONDITION, CONDITIONS = "condition", "list of conditions"
OWN_PROFILES = ("default", "strict")
TYPES = ("all", *UNIT_TYPES, "conf", *ALONE, *QUADLET_TYPES)
"""What ``applies-to`` may name."""


class Key(NamedTuple):
    """One key; ``own`` tells whether rules that are not built in may have it, ``needed`` whether they must."""

    holds: str
    meaning: str
    needed: bool = False
    own: bool = True
    choices: tuple[str, ...] = ()
    default: str = ""


KEYS: dict[str, Key] = {
    "code": Key(TEXT, "capital letters, then three or four digits: `ACME001`; `UL` is built in", needed=True),
    "name": Key(TEXT, "what is wrong, in words and hyphens: `runs-as-root`; the directory is `CODE-name`", needed=True),
    "title": Key(TEXT, "what is wrong, as a short sentence for lists and the rule's page", default="the name"),
    "severity": Key(TEXT, "how bad it is; `--fail-on` and the exit status go by it", needed=True, choices=SEVERITIES),
    "strict-severity": Key(TEXT, "how bad it is under the profile `strict`", choices=SEVERITIES, default="severity"),
    "applies-to": Key(TEXTS, "the types that it checks: of units, of Quadlets, `conf` or `all`", needed=True),
    "message": Key(TEXT, "one line; names in braces are filled in", needed=True),
    "message-when-unset": Key(TEXT, "the message where the directive that is pointed at is not set"),
    "summary": Key(TEXT, "one line for several findings of severity info; `{units}` is filled in"),
    "why": Key(TEXT, "what happens at run time and what a person sees", needed=True),
    "how-to-fix": Key(TEXT, "what to write instead; its first sentence is shown below each finding", needed=True),
    "match": Key(CONDITION, "what is wrong: a finding is reported if it is true"),
    "require": Key(CONDITIONS, "what must be true: a finding is reported for each condition that is not"),
    "when": Key(CONDITION, "`require` is checked only if this is true"),
    "at": Key(TEXT, "the directive that a finding of `match` points at", default="the one that decided"),
    "once": Key(FLAG, "whether a unit gets one finding at most, the first", default="false"),
    "caret": Key(TEXT, "what is underlined", choices=("item", "value", "name"), default="item"),
    "options": Key(TABLE, "names with their defaults, for `{option: name}`; settings change them by `[rule.CODE]`"),
    "systemd": Key(TABLE, "`since` and `until`: the first and last release for which it is checked"),
    "profile": Key(TEXT, "`strict` rules run under that profile only", choices=OWN_PROFILES, default="default"),
    "confidence": Key(TEXT, "how sure a finding is", choices=("high", "medium", "low"), default="high"),
    "category": Key(TEXT, "a word to group rules by", default="own"),
    "url": Key(TEXT, "the page that a finding links to"),
    "references": Key(TEXTS, "man pages and other sources, shown by `unitlint rule`"),
    "no-bad-case": Key(TEXT, "why there is no bad case"),
    "directives": Key(TEXTS, "units that assign none of these directives are skipped; not needed with `match`"),
    "contains": Key(TEXTS, "units without any of these texts are skipped; with `directives`, comments do not count"),
    "value-contains": Key(TEXTS, "units in which no value of the `directives` holds one of these texts are skipped"),
    "needs-root": Key(FLAG, "in Python rules: run under `--root` only", default="false"),
    "whole-set": Key(FLAG, "whether it is about all checked units together", own=False),
    "objections": Key(TEXTS, "kinds of mistakes in reading that it reports", own=False),
    "effect": Key(TEXT, "what systemd itself does", own=False, choices=("refused", "ignored", "warned")),
    "check": Key(TEXT, "`module:function` below src/unitlint/checks that finds it", own=False),
    "fix": Key(TEXT, "`module:function` below src/unitlint/fix that makes the edits", own=False),
    "quadlet": Key(TEXTS, "Quadlet types whose services it checks; `[]` for none", own=False, default="all"),
    "template": Key(TEXT, "`never`: it says nothing about templates", own=False, choices=("never",)),
    "supersedes": Key(TEXTS, "rules whose findings on the same line follow from those of this one", own=False),
    "supersedes-below": Key(TEXTS, "the same for findings on the lines directly below", own=False),
    "supersedes-in-unit": Key(TEXTS, "the same for findings anywhere in the unit", own=False),
    "follows-from": Key(TEXTS, "directives: where one of them is ignored, its findings follow from that", own=False),
    "about": Key(TEXT, "one `line` or the effective `unit`", own=False, choices=("line", "unit"), default="unit"),
    "at-load": Key(FLAG, "whether systemd says it of a unit that it has read, of the values that it took", own=False),
    "reports": Key(TEXT, "`exposure`: reports of `unitlint security` name this rule", own=False, choices=("exposure",)),
    "corpus": Key(TABLE, "how many findings on real units were read, and how many were right", own=False),
}  # fmt: skip


def check_keys(raw: Any, path: str, *, built_in: bool) -> None:
    """Raises UnitlintError for the first key of a rule file that is unknown, missing, or holds the wrong thing."""
    if not isinstance(raw, dict):
        raise UnitlintError("a rule file is a mapping of keys to values", path, 1, 1)
    for name in raw:
        key = KEYS.get(name)
        if key is None:
            raise at(raw, name, path, f"unknown key `{name}`", did_you_mean(str(name), KEYS))
        if not key.own and not built_in:
            raise at(raw, name, path, f"`{name}` is for built-in rules", "leave it out")
        _check_value(raw, str(name), key, path, built_in=built_in)
    for name, key in KEYS.items():
        if key.needed and not raw.get(name):
            raise UnitlintError(f"a rule needs `{name}`", path, 1, 1, key.meaning)


def _check_value(raw: Any, name: str, key: Key, path: str, *, built_in: bool) -> None:
    value = raw[name]
    if key.holds == TEXT and not isinstance(value, (str, int, float)):
        raise value_at(raw, name, path, f"`{name}` must be a text")
    if key.holds == FLAG and not isinstance(value, bool):
        raise value_at(raw, name, path, f"`{name}` is true or false")
    if key.holds == TABLE and not isinstance(value, dict):
        raise value_at(raw, name, path, f"`{name}` must be a table of names and values")
    if key.holds == TEXTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        raise value_at(raw, name, path, f"`{name}` must be a list of texts", f"[{value}]" if value else None)
    choices = (*key.choices, "conform") if name == "profile" and built_in else key.choices
    if choices and value not in choices:
        hint = did_you_mean(str(value), choices) or "choose " + ", ".join(choices)
        raise value_at(raw, name, path, f"`{value}` is not a valid {name}", hint)
    if name == "applies-to":
        for number, one in enumerate(value):
            if one not in TYPES:
                line, column = value.lc.item(number)
                hint = did_you_mean(one, TYPES) or ", ".join(TYPES)
                raise UnitlintError(f"`{one}` is not a unit type", path, line + 1, column + 1, hint)
    if name == "systemd":
        _check_releases(value, path)


def _check_releases(value: Any, path: str) -> None:
    for name, release in value.items():
        if name not in ("since", "until"):
            raise at(value, name, path, f"unknown key `{name}`", did_you_mean(str(name), ("since", "until")))
        if isinstance(release, bool) or not isinstance(release, int):
            raise value_at(value, name, path, f"`{name}` is a release, such as 252")


def check_sections(raw: Any, path: str) -> None:
    """Raises UnitlintError where a condition asks for a section that none of the units that it applies to has."""
    from unitlint.catalogue import directives_of, sections_of
    from unitlint.files.classify import CONFS

    types = raw["applies-to"]
    if "all" in types:
        return
    kinds = [kind for one in types for kind in (CONFS if one == "conf" else (one,))]
    known = frozenset(section for kind in kinds for section in sections_of(kind))
    for part in [part for key in SECTIONS for part in parts(raw.get(key))]:
        section, directive = split(part.name)
        what = f"[{section}] is never in a {' or '.join(types)}"
        if section == OWN and part.key != ANY_COMMAND:
            own = [section_of(OWN, _unit_type(kind)) for kind in kinds]
            if any(directive in directives_of("unit", name) for name in own):
                continue
            what = f"{directive}= is never in the section of a {' or '.join(types)}"
        elif not section or section == OWN or section in known:
            continue
        raise at(part.node, part.key, path, what, "see `applies-to`")


def _unit_type(kind: str) -> str:
    """The type of the unit that systemd reads; Quadlets become services."""
    return "service" if kind in QUADLET_TYPES else kind
