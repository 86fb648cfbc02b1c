"""Lines that are one event: a kill by the kernel's OOM killer (mm/oom_kill.c, mm/memcontrol.c), an ordering cycle."""

from __future__ import annotations

import re

from unitlint.catalogue import UNIT_TYPES
from unitlint.diagnose.cgroups import is_of_user, leaf_unit, looks_like_unit
from unitlint.diagnose.model import Event
from unitlint.diagnose.task_rows import SHOWN_TASKS
from unitlint.diagnose.texts import size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unitlint.diagnose.model import Fields
    from unitlint.diagnose.sightings import Sighting

LONGEST_GAP = 10.0
"""Seconds between two lines of one event."""
FIRST_COUNTS = frozenset(("usage", "limit", "failcnt"))
MOST_MEMBERS = 12
_TASK = re.compile(r"(?<!\d)(?:-?\d+ )+(.+)$")
_UNIT = re.compile(rf"(?<![\w@:.\\-])[\w@:.\\-]+\.(?:{'|'.join(UNIT_TYPES)})\b")


def joined(events: Iterable[Event | Sighting]) -> Iterator[Event | Sighting]:
    """The events, those of a group that follow each other as one; lines that stand for an event are of no group."""
    groups: dict[tuple[str, str], OomReport | Cycle] = {}
    for read in events:
        if groups:
            for key in [key for key, group in groups.items() if group.is_over(read)]:
                yield groups.pop(key).event()
        if not isinstance(read, Event) or not read.kind.group:
            yield read
            continue
        key = (read.kind.group, read.entry.source)
        if "invoker_pid" in read.fields and key not in groups:
            continue  # the kernel writes this line in reports of other kinds as well
        if key in groups:
            groups[key].add(read)
        else:
            groups[key] = (OomReport if read.kind.group == "kernel-oom" else Cycle)(read)
    for group in groups.values():
        yield group.event()


def _apart(one: Event, other: Event, time: float | None) -> bool:
    """Whether an event is too late for the group that began with the other."""
    now = one.entry.time
    gap = abs(now - time) if now is not None and time is not None else 0.0
    return gap > LONGEST_GAP or one.entry.boot != other.entry.boot


class OomReport:
    """What the kernel writes of one kill, from `invoked oom-killer` to `Killed process`."""

    def __init__(self, event: Event) -> None:
        self._best = event
        self._fields: dict[str, str] = {}
        self._time = event.entry.time
        self._entry = event.entry
        self._ended = False
        self._victims: list[tuple[int, Fields]] = []
        self._tasks: list[tuple[int, str, str]] = []
        self.add(event)

    def is_over(self, event: Event | Sighting) -> bool:
        """Whether an event that comes next is no part of this one; other lines are of no group, and of the same log."""
        if not isinstance(event, Event):
            return self._ended and event[0].kind.role != "note"
        if event.entry.source != self._best.entry.source:
            return False
        if event.kind.group != self._best.kind.group:
            return self._ended and event.kind.role != "note"
        begins = "gfp" in event.fields and bool(self._fields) and (self._ended or "gfp" in self._fields)
        return begins or _apart(event, self._best, self._time)

    def add(self, event: Event) -> None:
        """Takes in what another line says."""
        self._time = event.entry.time if event.entry.time is not None else self._time
        fields = event.fields
        if "rss_pages" in fields:
            named = _TASK.search(fields.get("rest", ""))
            task = (int(fields["rss_pages"]), named[1] if named else "?", fields["pid"])
            self._tasks = sorted([*self._tasks, task], reverse=True)[:SHOWN_TASKS]
            return
        if event.kind.rank > self._best.kind.rank:
            self._best = event
        for name, value in fields.items():
            if value and not (name in FIRST_COUNTS and name in self._fields):
                self._fields[name] = value
        self._ended = self._ended or "anon_rss" in fields or "score" in fields or event.kind.id == "oom-no-killable"
        if "anon_rss" in fields:
            self._victims.append((int(fields["anon_rss"]), fields))
            self._entry = event.entry

    def event(self) -> Event:
        """All lines as one event of the kind that says most."""
        fields = self._fields
        if self._victims:
            fields.update(max(self._victims, key=lambda victim: victim[0])[1])
        if len(self._victims) > 1:
            fields["victims"] = str(len(self._victims))
        if self._tasks:
            fields["top"] = ", ".join(f"{name} (pid {pid}) {size(pages * 4096)}" for pages, name, pid in self._tasks)
            if self._tasks[0][2] == fields.get("pid"):
                fields["top_is_victim"] = "yes"
        cgroup = fields.get("task_memcg") or fields.get("oom_memcg") or fields.get("group_cgroup") or ""
        unit = leaf_unit(cgroup)
        return self._best._replace(fields=fields, entry=self._entry, unit=unit, user=is_of_user(cgroup))


class Cycle:
    """What the manager writes of one ordering cycle: its members, and the job that it deletes."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self._members: dict[str, None] = {}
        self._time = event.entry.time
        self._victim = ""
        self.add(event)

    def is_over(self, event: Event | Sighting) -> bool:
        """Whether an event that comes next is no part of this one; other lines are of no group, and of the same log."""
        if not isinstance(event, Event):
            return bool(self._victim) or event[0].kind.role == "cause"
        if event.entry.source != self._event.entry.source:
            return False
        if event.kind.group != self._event.kind.group:
            return bool(self._victim) or event.kind.role == "cause"
        return bool(self._victim) or _apart(event, self._event, self._time)

    def add(self, event: Event) -> None:
        """Takes in what another line says."""
        fields = event.fields
        self._time = event.entry.time
        found = [fields.get("member", ""), *_UNIT.findall(fields.get("cycle", "")), fields.get("starting", "")]
        for name in (*found, event.unit):
            if looks_like_unit(name) and len(self._members) < MOST_MEMBERS:
                self._members[name] = None
        if fields.get("victim"):
            self._victim = fields["victim"]
            self._event = event

    def event(self) -> Event:
        """All lines as one event, of the unit whose job was deleted."""
        victim = self._victim if looks_like_unit(self._victim) else ""
        if victim:
            self._members[victim] = None
        fields = {**self._event.fields, "members": ", ".join(self._members)}
        if victim:
            fields["role_here"] = "victim"
        return self._event._replace(fields=fields, unit=victim or self._event.unit)
