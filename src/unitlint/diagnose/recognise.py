"""Entries to events: by MESSAGE_ID first, then by wording."""

from __future__ import annotations

import re

from unitlint.diagnose.cgroups import TYPES, is_of_user, leaf_unit, limiting_unit, looks_like_unit
from unitlint.diagnose.model import SENDERS, Event
from unitlint.diagnose.patterns import cut_regex, read_template
from unitlint.diagnose.refine import Refinements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.diagnose.model import Entry, EventKind, Fields
    from unitlint.diagnose.patterns import Pattern

    Rows = dict[str, list[tuple[Pattern, EventKind]]]
    Found = tuple[EventKind, Fields, str, str]
    Told = tuple[EventKind, Fields, str]
    """(event, its fields, template)"""

MOST_REMEMBERED = 20_000
LONGEST = 2048
"""Of a longer message only the beginning is read."""
_CUT = re.compile(r"(?:…|\.\.\.|>)$")
_OLD_FILE = re.compile(r"^\[(/[^:\]]+):(\d+)\] ")
_FILE = re.compile(r"(?:^|:)[^:/]*(/[^:]+):(\d+)$")
_AFTER_BRACKET = frozenset("/ 0123456789")
SENDER_OF = {
    "kernel": "kernel", "audit": "audit", "auditd": "audit", "systemd-oomd": "oomd", "systemd-journald": "journald",
    "systemd-journal": "journald", "systemd-coredump": "coredump", "init": "systemd", "systemd": "systemd",
    "systemctl": "systemd", "": "any",
}  # fmt: skip
"""Syslog identifiers to the senders of the table."""
_ALL = frozenset(SENDERS)


class Recogniser:
    """The event table made ready.  What it has seen is remembered, as most messages of a log come again."""

    def __init__(self, kinds: Iterable[EventKind]) -> None:
        self._by_id: dict[str, EventKind] = {}
        kinds = tuple(kinds)
        self.refined = Refinements(kinds)
        self._rows: dict[str, Rows] = {"unit": {}, "file": {}, "": {}}
        self._seen: dict[tuple[str, str, str], Told] = {}
        self._senders: dict[str, str] = {}
        self._words_of_any: set[str] = set()
        self._templates: dict[str, tuple[Pattern, EventKind]] = {}
        """The patterns by their templates, with the events that have them."""
        for kind in kinds:
            self._add(kind)
        of_any_word = self._rows["unit"].setdefault("", [])
        self._of_units = {word: [*row, *of_any_word] if word else row for word, row in self._rows["unit"].items()}
        """What may follow the name of a unit, by its first word."""
        self._anywhere = {senders: self._literals_of(senders) for senders in _ALL}
        """What messages hold that are told by no first word, by who writes them."""
        for rows in self._rows.values():
            for row in rows.values():
                row.sort(key=lambda pair: -pair[0].weight)

    def _add(self, kind: EventKind) -> None:
        for message_id in kind.message_ids:
            self._by_id[message_id] = kind
        for template, _, _ in kind.patterns:
            pattern = read_template(template)
            self._templates[template] = pattern, kind
            if "any" in kind.senders:
                self._words_of_any.update(pattern.keys)
            for key in pattern.keys or ("",):
                self._rows[pattern.prefix].setdefault(key, []).append((pattern, kind))

    def _literals_of(self, senders: str) -> tuple[str, ...]:
        """A text of each pattern that begins with a field and is written by such senders."""
        found = {
            pattern.literal
            for pattern, kind in self._rows[""].get("", ())
            if pattern.parts[0][0] != "[" and (senders == "any" or not {senders, "any"}.isdisjoint(kind.senders))
        }
        return tuple(text for text in found if not any(other in text for other in found - {text}))

    def sender_class(self, sender: str) -> str:
        """Which senders of the table a syslog identifier is; "" for programs that say nothing of units."""
        found = self._senders.get(sender)
        if found is None:
            found = SENDER_OF.get(sender)
            if found is None:
                manager = (
                    sender[:1] == "(" or looks_like_unit(sender.rpartition("/")[2]) or sender.startswith("systemd-exec")
                )
                found = "systemd" if manager else "other"
            if len(self._senders) < MOST_REMEMBERED:
                self._senders[sender] = found
        return found

    def knows(self, message_id: str) -> bool:
        """Whether a MESSAGE_ID is that of an event."""
        return message_id in self._by_id

    def is_wanted(self, sender: str, message: str) -> bool:
        """Whether an entry may be an event, by a quick look; whoever asks need not be told what it is."""
        senders = self._senders.get(sender) or self.sender_class(sender)
        first, _, rest = message.partition(" ")
        if senders == "other":
            return first in self._words_of_any
        if first[-2:] == "]:":  # a daemon that writes to the kernel's ring buffer
            first, _, rest = rest.partition(" ")
            senders = "any"
        last = first[-1:]
        candidates = self._rows[""].get(first, ())
        if not candidates and (last == ":" or ("." in first and looks_like_unit(first))):
            if first[0] == "/":
                return True
            candidates = self._of_units.get(rest.partition(" ")[0]) or self._of_units[""]
        for pattern, _ in candidates:
            for literal in pattern.literals:
                if literal not in message:
                    break
            else:
                return True
        if candidates and (message[-1:] in ("…", ">") or message[-3:] == "..."):
            return True
        for literal in self._anywhere[senders]:
            if literal in message:
                return True
        if first[:1] == "[":  # a row of a table, or a file and a line of old releases
            return message[1:2] in _AFTER_BRACKET
        return first in ("message", "Linux") or "\n" in message

    def event(self, entry: Entry) -> Event | None:
        """The event that an entry tells; None where it is none of the table."""
        journal = entry.fields
        found = (
            self._of_journal(entry, journal) if journal is not None else self.by_wording(entry.message, entry.sender)
        )
        if found is None:
            return None
        return self.placed(entry, journal, *found)

    def pattern_of(self, event: Event) -> tuple[Pattern, EventKind] | None:
        """The pattern that told an event, and whose pattern it is; None for what a MESSAGE_ID told, and for messages
        about a file."""
        found = self._templates.get(event.wording)
        return None if found is None or found[0].prefix == "file" else found

    def patterns(self) -> Iterable[Pattern]:
        """All patterns of the table."""
        return (pattern for pattern, _ in self._templates.values())

    def placed(
        self, entry: Entry, journal: Fields | None, kind: EventKind, fields: Fields, unit: str, wording: str
    ) -> Event:
        """The event with the unit that the message, the journal or a control group names."""
        user = False
        if journal is not None:
            unit = journal.get("UNIT") or journal.get("USER_UNIT") or unit or journal.get("COREDUMP_UNIT", "")
            user = "USER_UNIT" in journal or "COREDUMP_USER_UNIT" in journal
            unit = journal.get("COREDUMP_USER_UNIT") or unit
        cgroup = fields.get("task_memcg") or fields.get("cgroup") or ""
        if cgroup and not unit:
            unit, user = leaf_unit(cgroup) or limiting_unit(cgroup), is_of_user(cgroup)
        if unit and not looks_like_unit(unit):
            unit = _unit_of_path(unit, kind.named_by_path) if kind.named_by_path else ""
        return Event(kind, fields, entry, unit, user, wording)

    def _of_journal(self, entry: Entry, journal: Fields) -> Found | None:
        """By MESSAGE_ID; words that are known say more, as one id may stand for several messages."""
        kind = self._by_id.get(journal.get("MESSAGE_ID", ""))
        worded = self.by_wording(entry.message, entry.sender)
        if kind is None:
            return worded
        fields = dict(worded[1]) if worded is not None else {}
        for name, sources in kind.journal_fields.items():
            value = next((journal[source] for source in sources.split() if journal.get(source)), "")
            if value and not fields.get(name):
                fields[name] = value
        if worded is not None:
            return worded[0], fields, worded[2], worded[3]
        return (*self.refined.told(kind, fields), "", "")

    def by_wording(self, message: str, sender: str) -> Found | None:
        """(event, its fields, unit, template) that a message tells by its words."""
        head, colon, rest = message.partition(": ")
        prefix = "unit" if colon and head.rpartition(".")[2] in TYPES and looks_like_unit(head) else ""
        if not prefix and "." in message.partition(" ")[0] and looks_like_unit(message.partition(" ")[0]):
            prefix = "unit"  # systemd up to 229 wrote no colon behind the name of a unit in many messages
            head, _, rest = message.partition(" ")
        key = (rest if prefix else message, self._senders.get(sender) or self.sender_class(sender), prefix)
        told = self._seen.get(key)
        if told is None:
            told = self._worded(key[0][:LONGEST].partition("\n")[0].strip(), key[1], prefix)
            if told is None and prefix:
                # What is no message about a unit may still be one that begins with its name.
                return self._plain(message, key[1])
            if told is None:
                return None
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen.clear()
            self._seen[key] = told
        if prefix:
            return told[0], told[1], head, told[2]
        return told[0], told[1], told[1].get("unit", ""), told[2]

    def _plain(self, message: str, sender: str) -> Found | None:
        told = self._worded(message[:LONGEST].partition("\n")[0].strip(), sender, "")
        return None if told is None else (told[0], told[1], told[1].get("unit", ""), told[2])

    def _worded(self, text: str, sender: str, prefix: str) -> Told | None:
        """What a text tells: after the name of a unit (``prefix`` is ``unit``), after a file and a line, or whole."""
        senders = _ALL if sender == "any" else frozenset((sender, "any"))
        if prefix:
            return self._in_rows(prefix, text, senders) or self._cut_off(text, senders, prefix)
        if text[:1] == "[":
            # Of a file and a line as systemd wrote them up to 230, or a row of the table of processes.
            text = _OLD_FILE.sub(r"\1:\2: ", text) if text[1:2] == "/" else " ".join(text.split())
        head, colon, rest = text.partition(": ")
        place = _FILE.search(head) if colon and head[:1] == "/" else None
        if place:
            found = self._in_rows("file", rest, senders)
            if found is not None:
                name = place[1].rpartition("/")[2]
                unit = name if looks_like_unit(name) else _of_drop_in(place[1])
                return found[0], {"path": place[1], "line": place[2], "unit": unit, **found[1]}, found[2]
        return self._in_rows("", text, senders) or self._cut_off(text, senders, "")

    def _in_rows(self, prefix: str, text: str, senders: frozenset[str]) -> Told | None:
        rows = self._rows[prefix]
        for candidates in (rows.get(text.partition(" ")[0], ()), rows.get("", ())):
            for pattern, kind in candidates:
                if pattern.literal in text and not senders.isdisjoint(kind.senders):
                    fields = pattern.match(text)
                    if fields is not None and _is_plausible(fields, kind):
                        return (*self.refined.told(kind, fields), pattern.template)
        return None

    def _cut_off(self, text: str, senders: frozenset[str], prefix: str) -> Told | None:
        """A message whose end a terminal has cut off."""
        cut = _CUT.search(text)
        if cut is None:
            return None
        text = text[: cut.start()].rstrip()
        for pattern, kind in self._rows[prefix].get(text.partition(" ")[0], ()):
            regex = cut_regex(pattern) if not senders.isdisjoint(kind.senders) else None
            found = regex.fullmatch(text) if regex else None
            if found:
                fields = {name: value for name, value in found.groupdict().items() if value}
                return (*self.refined.told(kind, fields), pattern.template)
        return None


def _is_plausible(fields: Fields, kind: EventKind) -> bool:
    """Whether what stands in the place of a unit may be the name of one: it may be a description of one word."""
    unit = fields.get("unit")
    return not unit or bool(kind.named_by_path) or looks_like_unit(unit)


def _of_drop_in(path: str) -> str:
    folder = path.split("/")[-2].removesuffix(".d") if path.count("/") > 1 else ""
    return folder if looks_like_unit(folder) else ""


def _unit_of_path(path: str, unit_type: str) -> str:
    from unitlint.values.mount_names import unit_name_of

    return unit_name_of(path, unit_type) or ""
