"""event.yaml files to the event table, with every mistake reported at its place."""

from __future__ import annotations

import os
import re
import sys

from unitlint.base.errors import UnitlintError
from unitlint.base.likeness import did_you_mean
from unitlint.diagnose.model import CAUSED_BY, CONFIDENCES, ROLES, SAME_MOMENT, SENDERS, Answer, EventKind
from unitlint.diagnose.patterns import fields_of, read_template
from unitlint.diagnose.texts import FILTERS, names_in
from unitlint.rules.compile import plain, read_yaml
from unitlint.rules.validate import at, check_directive, value_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

KEYS = {
    "id": "the name of the event, which is that of its directory",
    "title": "what happened, in a few words",
    "role": "`cause`, `symptom` (follows from a cause) or `note` (never an incident of its own)",
    "rank": "of the events of one failure the highest is its cause",
    "senders": f"who writes it: {', '.join(SENDERS)}",
    "message-ids": "MESSAGE_ID of the journal, where it is enough to tell the event",
    "journal-fields": "fields of the event to fields of the journal that hold them",
    "patterns": "the wordings: templates, or mappings with `text` and `systemd` or `kernel` (releases)",
    "group": "lines of one group that follow each other are one event",
    "boundary": "whether what follows belongs to another start of the unit",
    "refines": "the events whose wordings it shares",
    "where": "with `refines`: regular expressions for fields, matched as a whole where the message has them",
    "explained-by": "events of which this one is a symptom, though it is a cause by itself",
    "follows": "events of another unit: right after one of them it is a consequence of that unit's failure",
    "program": "where it names no unit: fields that name the program, by path or by the name of its process",
    "named-by-path": "the type of a unit that the message may name by its path",
    "alone": "where it names no unit: it counts only if nothing else failed in the same seconds",
    "beside": "where it names no unit: events beside which, in the same seconds, it tells nothing new",
    "clears": "of a note: events (or what refines them) that were no failure if it comes right after them",
    "joins": "where it names no unit: events of the unit that it is about, seen in the same seconds",
    "within": "seconds that may lie between it and an event that it joins, where that is more than a moment",
    "known": "values of a field to their meanings; the meaning is the field `FIELD_name`",
    "pairs": "names in the field `pairs` of a wording (`NAME=VALUE …`) to fields; `*` are those that are not listed",
    "each": "a sentence about one of several that are one cause; the field `all` lists them",
    "about": "where it names no unit: the field that tells what the incident is about",
    "answers": "what it means, the first that fits counts",
    "rules": "rules that speak of it",
    "references": "man pages and functions",
}
ANSWER_KEYS = ("when", "title", "caused-by", "confidence", "cause", "look-at", "advice")
LOOK_KEYS = ("directive", "naming", "of", "default", "but-not")
NEEDED = ("id", "title", "role")
DERIVED = frozenset(
    (
        "unit", "unit_type", "subject", "count", "restarts", "top", "victims", "said", "call", "machine", "inside",
        "members", "role_here", "place", "manager", "slices", "limited_by", "limit_unit", "pressed_unit",
        "other_result", "stack", "all", "failed", "itself",
    )
)  # fmt: skip
"""Names that any text may hold, beside the fields of the event."""


def compile_events(files: Iterable[str]) -> list[EventKind]:
    """The events of event.yaml files; raises UnitlintError for the first mistake."""
    kinds = [compile_event(read_yaml(path), path) for path in files]
    known = {kind.id: path for kind, path in zip(kinds, files, strict=True)}
    for kind in kinds:
        for other in (*kind.refines, *kind.explained_by, *kind.joins, *kind.follows, *kind.clears, *kind.beside):
            if other not in known:
                raise UnitlintError(f"there is no event `{other}`", known[kind.id], hint=did_you_mean(other, known))
    return kinds


def compile_event(raw: Any, path: str) -> EventKind:
    """One event out of what YAML made of its file."""
    _check_keys(raw, path)
    patterns = tuple(_pattern(raw["patterns"], number, path) for number in range(len(raw.get("patterns") or ())))
    fields = _fields(raw, patterns)
    return EventKind(
        id=str(raw["id"]),
        category=os.path.basename(os.path.dirname(os.path.dirname(path))),
        title=str(raw["title"]),
        role=str(raw["role"]),
        rank=int(raw.get("rank", 0)),
        senders=tuple(map(str, raw.get("senders") or ("systemd",))),
        message_ids=tuple(map(str, raw.get("message-ids") or ())),
        journal_fields=plain(raw.get("journal-fields") or {}),
        patterns=patterns,
        group=str(raw.get("group") or ""),
        boundary=bool(raw.get("boundary")),
        refines=tuple(map(str, raw.get("refines") or ())),
        where=_texts(raw.get("where")),
        explained_by=tuple(map(str, raw.get("explained-by") or ())),
        joins=tuple(map(str, raw.get("joins") or ())),
        within=float(raw.get("within") or SAME_MOMENT),
        follows=tuple(map(str, raw.get("follows") or ())),
        program=tuple(map(str, raw.get("program") or ())),
        alone=bool(raw.get("alone")),
        beside=tuple(map(str, raw.get("beside") or ())),
        clears=tuple(map(str, raw.get("clears") or ())),
        named_by_path=str(raw.get("named-by-path") or ""),
        answers=tuple(_answer(raw["answers"], number, path, fields) for number in range(len(raw.get("answers") or ()))),
        rules=tuple(map(str, raw.get("rules") or ())),
        references=tuple(map(str, raw.get("references") or ())),
        known={str(name): _texts(values) for name, values in (raw.get("known") or {}).items()},
        pairs=_texts(raw.get("pairs")),
        each=" ".join(str(raw.get("each") or "").split()),
        about=str(raw.get("about") or ""),
    )


def _texts(mapping: Mapping[Any, Any] | None) -> dict[str, str]:
    return {str(key): str(value) for key, value in (mapping or {}).items()}


def _check_keys(raw: Any, path: str) -> None:
    if not isinstance(raw, dict):
        raise UnitlintError("an event file is a mapping of keys to values", path, 1, 1)
    for name in raw:
        if name not in KEYS:
            raise at(raw, name, path, f"unknown key `{name}`", did_you_mean(str(name), KEYS))
    for name in NEEDED:
        if not raw.get(name):
            raise UnitlintError(f"an event needs `{name}`", path, 1, 1, KEYS[name])
    if raw["id"] != os.path.basename(os.path.dirname(path)):
        raise value_at(raw, "id", path, "the id is not the name of the directory")
    if raw["role"] not in ROLES:
        raise value_at(raw, "role", path, f"`{raw['role']}` is no role", KEYS["role"])
    if not raw.get("patterns") and not raw.get("message-ids") and not raw.get("refines"):
        raise UnitlintError("an event needs `patterns`, `message-ids` or `refines`", path, 1, 1)
    for sender in raw.get("senders") or ():
        if sender not in SENDERS:
            raise at(raw, "senders", path, f"`{sender}` is no sender", did_you_mean(str(sender), SENDERS))


def _pattern(patterns: Any, number: int, path: str) -> tuple[str, str, str]:
    """(template, releases of systemd, versions of the kernel)."""
    node = patterns[number]
    line, column = patterns.lc.item(number)
    if isinstance(node, dict):
        unknown = set(node) - {"text", "systemd", "kernel"}
        if unknown or "text" not in node:
            raise UnitlintError("a pattern has `text`, and `systemd` or `kernel`", path, line + 1, column + 1)
        text, systemd, kernel = str(node["text"]), str(node.get("systemd", "")), str(node.get("kernel", ""))
    else:
        text, systemd, kernel = str(node), "", ""
    try:
        read_template(text)
    except (ValueError, re.error) as error:
        raise UnitlintError(f"cannot be read as a template: {error}", path, line + 1, column + 1) from None
    return text, systemd, kernel


def _fields(raw: Any, patterns: Iterable[tuple[str, str, str]]) -> frozenset[str] | None:
    """The names that texts may hold; None where those of another event come in."""
    if raw.get("refines") or raw.get("group"):
        return None
    names = {name for template, _, _ in patterns for name in fields_of(template)}
    meanings = {f"{name}_name" for name in raw.get("known") or ()}
    pairs = {str(name) for name in (raw.get("pairs") or {}).values()}
    return frozenset(names | pairs | set(raw.get("journal-fields") or ()) | meanings | DERIVED)


def _answer(answers: Any, number: int, path: str, fields: frozenset[str] | None) -> Answer:
    node = answers[number]
    line, column = answers.lc.item(number)
    for name in node:
        if name not in ANSWER_KEYS:
            raise at(node, name, path, f"unknown key `{name}`", did_you_mean(str(name), ANSWER_KEYS))
    if not node.get("cause") or node.get("caused-by") not in CAUSED_BY or node.get("confidence") not in CONFIDENCES:
        hint = f"caused-by: {', '.join(CAUSED_BY)}; confidence: {', '.join(CONFIDENCES)}"
        raise UnitlintError("an answer needs `cause`, `caused-by` and `confidence`", path, line + 1, column + 1, hint)
    for text in (str(node["cause"]), *map(str, node.get("advice") or ())):
        for name, filters in names_in(text):
            wrong = fields is not None and "." not in name and name not in fields
            bad = [one for one in filters if one not in FILTERS]
            if wrong or bad:
                what = f"no filter `{bad[0]}`" if bad else f"the event has no field `{name}`"
                near = did_you_mean(bad[0] if bad else name, FILTERS if bad else fields or ())
                raise UnitlintError(what, path, line + 1, column + 1, near)
    return Answer(
        when=_texts(node.get("when")),
        caused_by=str(node["caused-by"]),
        confidence=str(node["confidence"]),
        cause=" ".join(str(node["cause"]).split()),
        look_at=tuple(_look_at(node["look-at"], one, path) for one in range(len(node.get("look-at") or ()))),
        advice=tuple(" ".join(str(text).split()) for text in node.get("advice") or ()),
        title=str(node.get("title") or ""),
    )


def _look_at(items: Any, number: int, path: str) -> tuple[str, str, str, str, str]:
    node = items[number]
    line, column = items.lc.item(number)
    parts = {"directive": node} if not isinstance(node, dict) else node
    if set(parts) - set(LOOK_KEYS) or "directive" not in parts:
        raise UnitlintError(f"`look-at` takes {', '.join(LOOK_KEYS)}", path, line + 1, column + 1)
    directive = str(parts["directive"])
    if not directive.startswith("*."):
        check_directive(items if not isinstance(node, dict) else node, number, directive, path)
    naming, of, default, but_not = (str(parts.get(key, "")) for key in LOOK_KEYS[1:])
    return directive, naming, of, default, but_not


def main(target: str) -> None:
    """Writes the compiled form of the repository's events; the wheel's build calls it."""
    from unitlint.base.compiled import write_rows
    from unitlint.diagnose.table import as_plain, event_files, events_folder

    write_rows(target, map(as_plain, compile_events(event_files(events_folder()))))


if __name__ == "__main__":
    main(sys.argv[1])
