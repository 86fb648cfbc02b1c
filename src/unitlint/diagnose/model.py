"""What passes through the room: entries of a log, events, incidents with their causes, the diagnosis."""

from __future__ import annotations

from collections.abc import Mapping

from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding

CAUSED_BY = ("unit", "program", "machine", "environment", "other-unit", "unknown")
"""Whose fault an incident is.  ``environment`` is a container or kernel that refuses what the manager asks of it."""

CONFIDENCES = ("high", "medium", "low")

ROLES = ("cause", "symptom", "note")
SENDERS = ("systemd", "kernel", "audit", "oomd", "journald", "coredump", "any")
"""Who writes messages; what ``any`` writes is looked for in everything."""

made = tuple.__new__
"""``made(Entry, fields)`` is ``Entry(*fields)`` in half of the time, for what is made of every line; all fields have
to be there."""

SAME_MOMENT = 3.0
"""Seconds within which messages are of one failure: of the kernel and the manager, or of a unit and its dependents."""
FEW_LINES = 12
"""The same where a log has no times."""
LONGEST_COMM = 15
"""Characters of a process's name that the kernel keeps (TASK_COMM_LEN)."""
Fields = Mapping[str, str]
"""What a message says, by name: ``{"pid": "401", "comm": "java"}``."""


class Entry(NamedTuple):
    """One message of a log.

    ``time`` is seconds since 1970, or since boot where the format has nothing else; None where it has neither.
    ``stamp`` is the time as the log writes it.  ``sender`` is the syslog identifier, "" where there is none.
    ``line`` counts from 1 in ``source``.  ``fields`` are those of the journal, None for plain text.
    """

    message: str
    sender: str = ""
    pid: str = ""
    time: float | None = None
    stamp: str = ""
    boot: str = ""
    source: str = ""
    line: int = 0
    fields: Fields | None = None
    before: str = ""
    """The line before it, where that is of a program."""
    text: str = ""
    """What stands behind the time of its line, where an equal line is an equal entry."""


def near(one: Entry, other: Entry, seconds: float) -> bool:
    """Whether two entries are of about the same time; without times, of the same log."""
    if one.time is None or other.time is None:
        return one.source == other.source
    return abs(one.time - other.time) <= seconds


class Answer(NamedTuple):
    """What an event means where ``when`` holds; texts have names in braces (diagnose/texts.py)."""

    when: Mapping[str, str]
    """Field to a regular expression that is found in it; ``set`` and ``unset`` to a directive of the unit."""
    caused_by: str
    confidence: str
    cause: str
    look_at: tuple[tuple[str, str, str, str, str], ...]
    """Directives as (``Section.Directive``, field whose text the value holds, unit, default, how a value begins that
    cannot be it); ``*`` is any section."""
    advice: tuple[str, ...]
    title: str = ""
    """What happened, where it is not what the title of the event says."""


class EventKind(NamedTuple):
    """A row of the event table, as its event.yaml describes it."""

    id: str
    category: str
    title: str
    role: str
    """``cause``, ``symptom`` (what follows from a cause) or ``note`` (never an incident of its own)."""
    rank: int
    """Of the events of one failure the highest is its cause."""
    senders: tuple[str, ...]
    message_ids: tuple[str, ...]
    journal_fields: Mapping[str, str]
    patterns: tuple[tuple[str, str, str], ...]
    """(template, releases of systemd, versions of the kernel); diagnose/patterns.py reads the templates."""
    group: str = ""
    """Lines of one group that follow each other are one event."""
    boundary: bool = False
    """Whether what follows belongs to another start of the unit."""
    refines: tuple[str, ...] = ()
    """Events whose wordings it shares."""
    where: Mapping[str, str] = {}
    """With ``refines``: regular expressions for fields, which have to match as a whole where the message has them."""
    explained_by: tuple[str, ...] = ()
    """Events that make this one a symptom though it is a cause by itself."""
    joins: tuple[str, ...] = ()
    """Where the message names no unit: events of the unit whose process it was, seen in the same seconds."""
    within: float = SAME_MOMENT
    """Seconds that may lie between this event and one that it joins."""
    follows: tuple[str, ...] = ()
    """Events of another unit: right after one of them it is a consequence of that unit's failure."""
    program: tuple[str, ...] = ()
    """Where the message names no unit: fields that name the program, by path or by the name of its process."""
    alone: bool = False
    """Where the message names no unit: whether it tells nothing new if anything else failed in the same seconds."""
    beside: tuple[str, ...] = ()
    """Where the message names no unit: events beside which, in the same seconds, it tells nothing new."""
    clears: tuple[str, ...] = ()
    """Of a note: events, or what refines them, that were no failure if it comes right after them."""
    named_by_path: str = ""
    """The type of a unit that the message may name by its path."""
    answers: tuple[Answer, ...] = ()
    rules: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    known: Mapping[str, Mapping[str, str]] = {}
    """Values of a field to what they mean: ``{"step": {"203": "EXEC"}}``."""
    pairs: Mapping[str, str] = {}
    """Names in a text of the audit system to the fields that they are (diagnose/pairs.py)."""
    each: str = ""
    """A sentence about one of several that count as one cause, such as the access that was refused; the field ``all``
    lists them."""
    about: str = ""
    """Where the message names no unit: the field that tells what the incident is about."""


class Event(NamedTuple):
    """An entry that the table knows."""

    kind: EventKind
    fields: Fields
    entry: Entry
    unit: str
    """The unit's name, "" where the message names none."""
    user: bool = False
    """Whether it is a unit of a user's manager."""
    wording: str = ""
    """The template that told it, "" where MESSAGE_ID did."""

    def at(self, entry: Entry, unit: str = "") -> Event:
        """The same event, told by another entry, and perhaps of another unit."""
        kind, fields, _, known, user, wording = self
        return made(Event, (kind, fields, entry, unit or known, user, wording))


class Shown(NamedTuple):
    """A directive that decides: where it is set, or that it is not."""

    unit: str
    directive: str
    """``Section.Directive``"""
    value: str | None
    path: str = ""
    line: int = 0
    note: str = ""
    """What the value is where nothing sets it, or why the line is shown."""


class Cause(NamedTuple):
    """One reason for a unit's failures, with how often it was seen and what to do about it."""

    kind: EventKind
    times: int
    first: Entry
    last: Entry
    evidence: Entry
    """The message that says most."""
    fields: Fields
    caused_by: str = "unknown"
    confidence: str = "low"
    says: str = ""
    advice: tuple[str, ...] = ()
    look_at: tuple[Shown, ...] = ()
    findings: tuple[Finding, ...] = ()


class Incident(NamedTuple):
    """What happened to one unit during one boot."""

    unit: str
    """Empty where the log names none; then ``subject`` says what it is about."""
    subject: str
    boot: str
    user: bool
    causes: tuple[Cause, ...]
    """The first is the main one."""
    symptoms: tuple[tuple[str, int], ...]
    """Titles of what followed, with how often."""
    timeline: tuple[Event, ...]
    left_out: int
    """Events that the timeline has no room for."""
    events: int
    left_out_after: int = 0
    """How many events of the timeline stand before those that are left out."""
    unit_path: str = ""
    """The unit file, where one was given."""
    dependents: tuple[Shown, ...] = ()
    """Units that were not started because this one failed, with the line that makes them need it."""


class Diagnosis(NamedTuple):
    """Everything that a set of logs tells."""

    incidents: tuple[Incident, ...]
    entries: int
    """Lines or records that were read."""
    sources: tuple[str, ...]
    errors: tuple[str, ...]
    texts: Mapping[str, str] = {}
    """The unit files that lines are shown of, by path."""
    units_given: bool = False
    more: int = 0
    """Units with incidents beyond those that are kept."""
    outside: int = 0
    """Events outside of the time that was asked for."""

    def __bool__(self) -> bool:
        """True where there is an incident."""
        return bool(self.incidents)
