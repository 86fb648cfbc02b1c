"""How a line is read whose shape is known: where in it what stands (shapes.py)."""

from __future__ import annotations

import re
from functools import partial

from unitlint.diagnose.lines import ZEROS
from unitlint.diagnose.pairs import PAIRS
from unitlint.diagnose.recognise import LONGEST
from unitlint.diagnose.tally import OF_RECORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from unitlint.diagnose.model import Entry, Event, EventKind, Fields
    from unitlint.diagnose.patterns import Pattern
    from unitlint.diagnose.recognise import Recogniser

    Stretch = tuple[int, int]
    Numbers = tuple[tuple[str, int, int], ...]
    ToldAnew = Callable[[Fields], tuple[EventKind, Fields]]

DIGIT = re.compile(r"[0-9]")
_CUT_IN_NUMBER = re.compile(r"[0-9]\s*(?:…|\.\.\.|>)$")


class Form:
    """How a line is read; places are (begin, end) in the line."""

    __slots__ = (
        "begin", "fields", "has_status", "in_brackets", "is_plain", "kind", "numbers", "pages_at", "pid_at",
        "restarts_run", "sender", "sender_at", "speaks", "stamp_end", "tells_event", "told_anew", "unit", "unit_at",
        "user", "wording",
    )  # fmt: skip

    def __init__(self, entry: Entry, begin: int, sender_at: Stretch | None, pid_at: Stretch) -> None:
        self.stamp_end = len(entry.stamp)
        self.begin = begin
        """Where the message begins."""
        self.sender = entry.sender
        self.sender_at = sender_at
        """Where the sender stands, if it holds digits."""
        self.pid_at = pid_at
        self.in_brackets = entry.sender == "kernel" and entry.message[:1] == "["
        """Whether it is a message of the kernel that begins with a bracket, as the rows of a table do."""
        self.kind: EventKind
        """Of which event, where it tells one."""
        self.tells_event = False
        self.fields: Fields = {}
        self.numbers: Numbers = ()
        """The fields that hold digits."""
        self.unit = ""
        self.unit_at: Stretch | None = None
        """Where the unit stands, if it holds digits."""
        self.user = False
        self.wording = ""
        self.told_anew: ToldAnew | None = None
        """What reads the fields once more, where they are found within others."""
        self.pages_at: Stretch | None = None
        """Of a row of the table of processes: where its resident pages stand."""
        self.is_plain = False
        """Whether all that it says stands in its line: it is no part of a report of several lines."""
        self.has_status = False
        """Whether what a program said before belongs to it."""
        self.speaks = False
        """Whether it says something that is kept of the whole record (tally.py)."""
        self.restarts_run = False
        """Whether what follows belongs to another start of the unit."""

    def tell(
        self, event: Event, fields: Fields, numbers: Numbers, unit_at: Stretch | None, anew: ToldAnew | None
    ) -> None:
        """Makes it the form of an event."""
        kind, _, _, self.unit, self.user, self.wording = event
        self.kind, self.fields, self.numbers, self.unit_at, self.told_anew = kind, fields, numbers, unit_at, anew
        self.tells_event = True
        self.is_plain = not kind.group and anew is None
        self.has_status = "status" in fields
        self.speaks = not OF_RECORD.isdisjoint(fields)
        self.restarts_run = kind.boundary

    def value(self, name: str, line: str) -> str:
        """A field of a line; "" where it has none."""
        for number, begin, end in self.numbers:
            if number == name:
                return line[begin:end]
        return self.fields.get(name, "")


def shape_of(line: str) -> str:
    """The line with a 0 in place of each digit."""
    return line.encode("utf-8", "surrogateescape").translate(ZEROS).decode("utf-8", "surrogateescape")


def form_of(line: str, entry: Entry, event: Event | None, recogniser: Recogniser) -> tuple[Form, set[Stretch]] | None:
    """How lines of the shape of this one are read, which tells ``event`` or nothing, and where digits decide on it.

    None where that cannot be told for others of its shape.
    """
    begin = len(line) - len(entry.message)
    if len(entry.message) > LONGEST or not line.endswith(entry.message):
        return None
    places = _places_in_head(line, begin, entry)
    if places is None:
        return None
    form = Form(entry, begin, *places)
    if event is None:
        # Cut off within a number it may be, with other digits, the beginning of what a template says.
        return None if _CUT_IN_NUMBER.search(entry.message) else (form, set())
    told = recogniser.pattern_of(event)
    fields = _fields_in(line, begin, event, told[0]) if told is not None else None
    if told is None or fields is None:
        return None
    values = {name: line[first:last] for name, (first, last) in fields.items()}
    unit_at: Stretch | None = None
    if DIGIT.search(event.unit):
        prefixed = told[0].prefix == "unit"
        unit_at = (begin, begin + len(event.unit)) if prefixed else _place(event.unit, line, fields)
        if unit_at is None:
            return None
    numbers = tuple((name, *fields[name]) for name, value in values.items() if DIGIT.search(value))
    if PAIRS in fields:
        form.tell(event, values, numbers, unit_at, partial(recogniser.refined.told, told[1]))
        return form, set()
    if any(event.fields.get(name) != value for name, value in values.items()):
        return None
    deciding = recogniser.refined.deciding(told[1])
    free = tuple(number for number in numbers if number[0] not in deciding)
    form.tell(event, event.fields, free, unit_at, None)
    return form, {(first, last) for name, first, last in numbers if name in deciding}


def _fields_in(line: str, begin: int, event: Event, pattern: Pattern) -> dict[str, Stretch] | None:
    """Where the fields of an event stand in its line, whose message begins at ``begin``."""
    unit = event.unit
    if pattern.prefix == "unit":
        if not unit or not line.startswith((f"{unit}: ", f"{unit} "), begin):
            return None
        begin += len(unit) + (2 if line.startswith(":", begin + len(unit)) else 1)
    text = line[begin:]
    stripped = text.lstrip()
    begin += len(text) - len(stripped)
    spans = pattern.spans(stripped.rstrip())
    return None if spans is None else {name: (begin + first, begin + last) for name, (first, last) in spans.items()}


def _places_in_head(line: str, begin: int, entry: Entry) -> tuple[Stretch | None, Stretch] | None:
    """The place of the sender, if it holds digits, and of the PID; None for heads of other layouts."""
    if entry.stamp and line.rfind(entry.stamp, 0, begin) != 0:
        return None
    end, pid_at = begin - 2, (0, 0)
    if entry.pid:
        end -= len(entry.pid) + 2
        pid_at = end + 1, end + 1 + len(entry.pid)
        if line[end:begin] != f"[{entry.pid}]: ":
            return None
    if not DIGIT.search(entry.sender):
        return None, pid_at
    at = end - len(entry.sender)
    return ((at, end), pid_at) if at >= 0 and line[at:end] == entry.sender else None


def _place(unit: str, line: str, places: Mapping[str, Stretch]) -> Stretch | None:
    """Where a unit stands that a field names: by itself, or as the last part of a control group's path that is one."""
    for name, (first, last) in places.items():
        if line[first:last] == unit:
            return first, last
        if name not in ("task_memcg", "cgroup"):
            continue
        at = line.rfind(f"/{unit}", first, last) + 1
        end = at + len(unit)
        if at and (end == last or line[end] == "/"):
            return at, end
    return None
