"""Entries to events: by MESSAGE_ID first, then by wording."""

from __future__ import annotations

import re

from unitlint.diagnose.cgroups import is_of_user, is_unit_name, leaf_unit
from unitlint.diagnose.model import Event
from unitlint.diagnose.patterns import cut_regex, read_template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.diagnose.model import Entry, EventKind, Fields
    from unitlint.diagnose.patterns import Pattern

    Rows = dict[str, list[tuple[Pattern, EventKind]]]
    Found = tuple[EventKind, Fields, str, str]
    Told = tuple[EventKind, Fields, str]

MOST_REMEMBERED = 20_000
LONGEST = 4096
"""Of a longer message only the beginning is read."""
_CUT = re.compile(r"(?:…|\.\.\.|>)$")
_FILE = re.compile(r"(/[^:]+):(\d+)$")
SENDERS = {
    "kernel": "kernel", "audit": "audit", "auditd": "audit", "systemd-oomd": "oomd", "systemd-journald": "journald",
    "systemd-journal": "journald", "systemd-coredump": "coredump", "init": "systemd", "systemd": "systemd", "": "any",
}  # fmt: skip
_ANY = frozenset(("systemd", "kernel", "audit", "oomd", "journald", "coredump", "any"))


class Recogniser:
    """The event table made ready.  What it has seen is remembered, as most messages of a log come again."""

    def __init__(self, kinds: Iterable[EventKind]) -> None:
        self._by_id: dict[str, EventKind] = {}
        self._refined: dict[str, list[tuple[EventKind, dict[str, re.Pattern[str]]]]] = {}
        self._rows: dict[str, Rows] = {"unit": {}, "file": {}, "": {}}
        self._seen: dict[tuple[str, str], Found | None] = {}
        self._senders: dict[str, str] = {}
        self._words_of_any: set[str] = set()
        for kind in kinds:
            for message_id in kind.message_ids:
                self._by_id[message_id] = kind
            where = {name: re.compile(text) for name, text in kind.where.items()}
            for other in kind.refines:
                self._refined.setdefault(other, []).append((kind, where))
            for template, _, _ in kind.patterns:
                pattern = read_template(template)
                if "any" in kind.senders:
                    self._words_of_any.update(pattern.keys)
                for key in pattern.keys or ("",):
                    self._rows[pattern.prefix].setdefault(key, []).append((pattern, kind))
        for rows in self._rows.values():
            for row in rows.values():
                row.sort(key=lambda pair: -pair[0].weight)
        for refined in self._refined.values():
            refined.sort(key=lambda pair: -pair[0].rank)

    def sender_class(self, sender: str) -> str:
        """Which senders of the table a syslog identifier is; "" for programs that say nothing of units."""
        found = self._senders.get(sender)
        if found is None:
            found = SENDERS.get(sender)
            if found is None:
                manager = sender[:1] == "(" or is_unit_name(sender.rpartition("/")[2]) or sender.startswith("systemd-exec")
                found = "systemd" if manager else "other"
            if len(self._senders) < MOST_REMEMBERED:
                self._senders[sender] = found
        return found

    def is_wanted(self, sender: str, message: str) -> bool:
        """Whether an entry may be an event; without a message, whether one of this sender may be."""
        if self.sender_class(sender) != "other":
            return True
        return bool(message) and message.partition(" ")[0] in self._words_of_any

    def event(self, entry: Entry) -> Event | None:
        """The event that an entry tells; None where it is none of the table."""
        journal = entry.fields
        found = self._of_journal(entry, journal) if journal is not None else self.by_wording(entry.message, entry.sender)
        if found is None:
            return None
        kind, fields, unit, wording = found
        user = False
        if journal is not None:
            unit = journal.get("UNIT") or journal.get("USER_UNIT") or unit or journal.get("COREDUMP_UNIT", "")
            user = "USER_UNIT" in journal or "COREDUMP_USER_UNIT" in journal
            unit = journal.get("COREDUMP_USER_UNIT") or unit
        cgroup = fields.get("task_memcg") or fields.get("cgroup") or ""
        if cgroup and not unit:
            unit, user = leaf_unit(cgroup), is_of_user(cgroup)
        if unit and not is_unit_name(unit):
            unit = ""
        return Event(kind, fields, entry, unit, user, wording)

    def _of_journal(self, entry: Entry, journal: Fields) -> Found | None:
        kind = self._by_id.get(journal.get("MESSAGE_ID", ""))
        worded = self.by_wording(entry.message, entry.sender)
        if kind is None:
            return worded
        if worded is not None and worded[0].role == "note" and worded[0].group == "":
            worded = None
        fields = dict(worded[1]) if worded is not None else {}
        for name, sources in kind.journal_fields.items():
            for source in sources.split():
                if journal.get(source):
                    fields[name] = journal[source]
                    break
        refined = self._refine(kind, self._named(kind, fields))
        return (*refined, worded[2], worded[3]) if worded is not None else (*refined, "", "")

    def by_wording(self, message: str, sender: str) -> Found | None:
        """(event, its fields, unit, template) that a message tells by its words."""
        senders = self.sender_class(sender)
        key = (message, senders)
        if key in self._seen:
            return self._seen[key]
        found = self._worded(message[:LONGEST].partition("\n")[0].strip(), _ANY if senders == "any" else frozenset((senders, "any")))
        if len(self._seen) >= MOST_REMEMBERED:
            self._seen.clear()
        self._seen[key] = found
        return found

    def _worded(self, message: str, senders: frozenset[str]) -> Found | None:
        if message[:1] == "[":
            message = " ".join(message.split())  # a row of the table of processes
        head, colon, rest = message.partition(": ")
        if colon and is_unit_name(head):
            found = self._in_rows("unit", rest, senders)
            if found is not None:
                return found[0], found[1], head, found[2]
        place = _FILE.search(head) if colon and head[:1] == "/" else None
        if place:
            found = self._in_rows("file", rest, senders)
            if found is not None:
                unit = place[1].rpartition("/")[2]
                fields = {"path": place[1], "line": place[2], **found[1]}
                return found[0], fields, unit if is_unit_name(unit) else _of_drop_in(place[1]), found[2]
        found = self._in_rows("", message, senders)
        if found is None:
            cut = _CUT.search(message)
            return self._cut_off(message[: cut.start()].rstrip(), senders) if cut else None
        return found[0], found[1], found[1].get("unit", ""), found[2]

    def _in_rows(self, prefix: str, text: str, senders: frozenset[str]) -> Told | None:
        rows = self._rows[prefix]
        for candidates in (rows.get(text.partition(" ")[0], ()), rows.get("", ())):
            for pattern, kind in candidates:
                if pattern.literal in text and not senders.isdisjoint(kind.senders):
                    found = pattern.regex.fullmatch(text)
                    if found:
                        return (*self._refine(kind, self._named(kind, found.groupdict())), pattern.template)
        return None

    def _cut_off(self, message: str, senders: frozenset[str]) -> Found | None:
        """A message whose end a terminal has cut off."""
        head, colon, rest = message.partition(": ")
        prefix, text = ("unit", rest) if colon and is_unit_name(head) else ("", message)
        for pattern, kind in self._rows[prefix].get(text.partition(" ")[0], ()):
            regex = cut_regex(pattern) if not senders.isdisjoint(kind.senders) else None
            found = regex.fullmatch(text) if regex else None
            if found:
                fields = {name: value for name, value in found.groupdict().items() if value}
                refined = self._refine(kind, self._named(kind, fields))
                return *refined, head if prefix else fields.get("unit", ""), pattern.template
        return None

    def _refine(self, kind: EventKind, fields: Fields) -> tuple[EventKind, Fields]:
        """The event of more narrow meaning whose conditions the fields meet."""
        for refined, where in self._refined.get(kind.id, ()):
            told = [(fields[name], regex) for name, regex in where.items() if fields.get(name)]
            if told and all(regex.fullmatch(text) for text, regex in told):
                return self._refine(refined, self._named(refined, fields))
        return kind, fields

    def _named(self, kind: EventKind, fields: Fields) -> Fields:
        if not kind.known:
            return fields
        more = {f"{name}_name": names[fields[name]] for name, names in kind.known.items() if fields.get(name) in names}
        return {**more, **fields} if more else fields


def _of_drop_in(path: str) -> str:
    folder = path.split("/")[-2].removesuffix(".d") if path.count("/") > 1 else ""
    return folder if is_unit_name(folder) else ""
