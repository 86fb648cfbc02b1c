"""Lines that take a closer look: of other heads than the common ones, pasted, wrapped, JSON."""

from __future__ import annotations

import re
from functools import lru_cache

from unitlint.diagnose.heads import EARLY, NESTED, RING, Head, in_container, of_guest, read_head
from unitlint.diagnose.journal import entry_of, passed_on, read_json
from unitlint.diagnose.model import Entry, made
from unitlint.diagnose.pasted import Pasted
from unitlint.diagnose.records_of_lines import VERBOSE, RecordOfLines
from unitlint.diagnose.task_rows import ROW, TaskRows
from unitlint.diagnose.times import seconds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unitlint.diagnose.shapes import Shapes

    Wanted = Callable[[str, str], bool]
    """Whether a message of a sender is worth an Entry."""

CONTINUED = "\n"
"""The sender of an Entry that goes on with the message before it."""
CLOSE = 3
"""Lines within which what a program said belongs to what the manager says."""
QUOTED = re.compile(
    r"(?<=[\s\"'`])(?:(?:Memory cgroup out|Out) of memory: Kill|oom-kill:constraint=|Job for \S+ failed"
    r"|Failed to allocate manager|audit: type=1[134]\d\d audit\(|type=(?:USER_)?AVC msg=audit\(|apparmor=\"DENIED\" )"
)
"""What is told by itself wherever it stands, as in events of Kubernetes and in what configuration tools print."""
QUOTING = re.compile(r"(?:> ?)+")
NUMBERED = re.compile(r"\d{1,7}:(?=\D)")
"""What `grep -n` puts before a line."""
SHORT_LAYOUT = (15, 12, ":")
"""Of ``May 08 11:46:49 host sender[1]: message``: how long the stamp is, and where which character stands in it."""
_BOOT = re.compile(r"-- (?:Boot ([0-9a-f]{32})|Reboot) --")
_REPEATED = re.compile(r"message repeated (\d+) times: \[ ?(.*)\]$")


class OtherLines:
    """What has to be remembered from line to line, and how a line is read that has no common head."""

    def __init__(self, source: str, wanted: Wanted, shapes: Shapes) -> None:
        self._source = source
        self._wanted = wanted
        self._shapes = shapes
        self._number = 0
        self._boot = ""
        self._boots = 0
        self._marked = False
        self._record = RecordOfLines(source)
        self._pasted = Pasted(source)
        self._rows = TaskRows()
        self._layout = SHORT_LAYOUT
        self._last: Entry | None = None
        self._seconds_of = lru_cache(maxsize=512)(seconds_of)
        self._stamp = ""
        self._time: float | None = None
        self._before: tuple[int, str, Head | None] = (0, "", None)
        """Number, text and head of the last line that was passed over; None for a head that is still to be read."""

    def _entry(self, message: str, sender: str, pid: str, stamp: str, text: str = "") -> Entry | None:
        if sender == "kernel":
            ring = RING.match(message)
            if ring:
                message = message[ring.end() :]
            nested = NESTED.match(message)
            if nested:
                sender, pid, message = nested[1], nested[2], message[nested.end() :]
            elif message.startswith("Linux version "):
                self._new_boot("")
                return None
            elif message[:1] == "[":
                row = ROW.match(message) if text and self._shapes.again else None
                if row is not None:
                    begin = len(text) - len(message)
                    entry = Entry(message, sender, pid, stamp=stamp, text=text)
                    self._shapes.keep_row(entry, (begin + row.start(1), begin + row.end(1)))
                if self._rows.is_small(message):
                    self._last = None
                    return None
                self._rows.add(message)
        if message.startswith("message repeated "):
            repeated = _REPEATED.match(message)
            message = repeated[2] if repeated else message
        return self._made(message, sender, pid, stamp, text)

    def _made(self, message: str, sender: str, pid: str, stamp: str, text: str) -> Entry:
        """The entry of the line that is being read, at the time of its stamp."""
        if stamp != self._stamp:  # most lines have the time of the one before them
            self._stamp, self._time = stamp, self._seconds_of(stamp)
        number = self._number
        before = self._said_before() if number - self._before[0] <= CLOSE else ""
        self._last = last = made(
            Entry, (message, sender, pid, self._time, stamp, self._boot, self._source, number, None, before, text)
        )
        return last

    def _said_before(self) -> str:
        """What the last line that was passed over says: ``nginx: bind() to 0.0.0.0:80 failed``."""
        number, text, head = self._before
        if head is None and text:
            head = _plain_head(text) if self._has_layout(text) else read_head(text)
            self._before = number, text, head or _plain_head(text)
            head = self._before[2]
        return f"{head.sender}: {text[head.end :]}" if head is not None and text[head.end :] else ""

    def _has_layout(self, line: str) -> bool:
        """Whether a line seems to have the layout of the lines before it."""
        width, place, mark = self._layout
        return line[place : place + 1] == mark and line[width : width + 1] == " "

    def _new_boot(self, name: str) -> None:
        if self._marked and not name:
            self._marked = False
            return
        self._boots += 1
        self._boot = name or f"boot {self._boots}"
        self._marked = bool(name)

    def _other(self, line: str) -> Iterator[Entry]:
        if self._record:
            entry, taken = self._record.add(line)
            if entry is not None:
                yield entry
            if taken:
                return
        first = line[:1]
        if first in ("{", "\x1e", "d") and line.lstrip("\x1e").removeprefix("data: ").startswith("{"):
            yield from self._json(line.lstrip("\x1e").removeprefix("data: "))
            return
        if first == "-":
            marker = _BOOT.match(line)
            if marker:
                self._new_boot(marker[1] or f"boot {self._boots + 1}")
                return
        if first.isspace() and self._last is not None and not line.strip()[:1].isupper():
            if self._pasted.begins(line):
                return
            yield Entry(line.strip(), CONTINUED, source=self._source, line=self._number)
            yield from self._unwrapped(self._last, line.strip())
            return
        verbose = VERBOSE.match(line)
        if verbose:
            self._record.begin(verbose[1], "verbose", self._number)
            return
        yield from self._text(line)

    def _text(self, line: str) -> Iterator[Entry]:
        """A line with another head than the common one, or without any."""
        whole = line
        text = line.lstrip(" \t>|`")
        if line[:1] == "`":
            text = line = text.rstrip("` ")
        if line[:1] == ">":
            line = QUOTING.sub("", line)
            text = text.replace(" > ", " ")  # a mail program has wrapped what it quotes
        if "\\[" in line:  # a web page's Markdown protects the brackets
            text = line = text.replace("\\[", "[").replace("\\]", "]")
        head = read_head(text)
        if head is None and NUMBERED.match(text):
            text = line = text.partition(":")[2].lstrip()
            head = read_head(text)
        if head is None:
            early = EARLY.search(text)
            if early and early.start() > 0:
                text = text[early.start() :]
                head = read_head(text)
        if head is not None:
            if len(text) == len(line):
                self._learn(head, line)
            yield from self._after(of_guest(head, text), text, whole if text == whole and text[:1] != "<" else "")
        elif not self._pasted.begins(line):
            yield from self._headless(line)

    def _learn(self, head: Head, line: str) -> None:
        """Takes the layout of a line for that of the lines to come, if it is ``stamp host sender[pid]: message``."""
        stamp = head.stamp
        width = len(stamp)
        mark = ":" if ":" in stamp else "."
        sender = f" {head.sender}[{head.pid}]: " if head.pid else f" {head.sender}: "
        if stamp[:1] != "[" and mark in stamp and line[width : head.end].endswith(sender) and line[:width] == stamp:
            self._layout = width, stamp.index(mark), mark

    def _after(self, head: Head, text: str, line: str = "") -> Iterator[Entry]:
        """What stands behind a head; ``line`` if others of its shape have the same head."""
        message = text[head.end :]
        if self._wanted(head.sender, message):
            entry = self._entry(message, head.sender, head.pid, head.stamp, line)
            if entry is not None:
                yield entry
        else:
            self._pass_over(text, head, line)

    def _pass_over(self, text: str, head: Head | None, line: str) -> None:
        self._last = None
        self._before = self._number, text, head
        if line and self._shapes.again:
            self._shapes.pass_over(line)

    def is_idle(self, message: str, sender: str, message_id: str) -> bool:
        """Whether a record of the journal cannot be an event, or is none that matters."""
        if message_id and self._shapes.knows(message_id):
            return False
        if sender == "kernel" and message[:1] == "[":
            if self._rows.is_small(message):
                return True
            self._rows.add(message)
        return not self._wanted(sender, message)

    def _headless(self, line: str) -> Iterator[Entry]:
        before = self._last
        stripped = line.strip()
        if not stripped:
            return
        listed = self._pasted.listed(line, self._number)
        if listed is not None:
            yield listed
            return
        quoted = QUOTED.search(stripped)
        if quoted:
            stripped = stripped[quoted.start() :].rstrip("\"',")
        stripped = stripped.partition(' See "systemctl status ')[0]
        self._pasted.told(stripped)
        pasted = list(self._pasted.entries(line, self._number)) if ": " in stripped else []
        if pasted:
            yield from pasted
            return
        if line[:1].isspace() and before is not None:
            yield Entry(stripped, CONTINUED, source=self._source, line=self._number)
            yield from self._unwrapped(before, stripped)
            return
        yield from self._unwrapped(before, stripped)
        self._last = Entry(stripped, "", "", None, "", self._boot, self._source, self._number)
        yield self._last

    def _unwrapped(self, before: Entry | None, rest: str) -> Iterator[Entry]:
        """The line before with this one as its end: a terminal may have wrapped it, at a blank or within a word."""
        for glue in ("", " "):
            if before is not None and before.sender:
                yield before._replace(message=f"{before.message}{glue}{rest}", fields={"wrapped": "yes"}, text="")
            elif before is None and self._before[0] == self._number - 1:
                whole = f"{self._before[1]}{glue}{rest}"
                head = read_head(whole)
                if head is not None and self._wanted(head.sender, whole[head.end :]):
                    entry = self._entry(whole[head.end :], head.sender, head.pid, head.stamp)
                    if entry is not None:
                        yield entry._replace(fields={"wrapped": "yes"}, line=self._number - 1)

    def _json(self, text: str) -> Iterator[Entry]:
        record = read_json(text)
        if record is None:
            if text.strip() == "{":
                self._record.begin(text, "pretty", self._number)
            return
        passed = passed_on(record)
        if passed is not None:
            said, sender, stamp = passed
            yield from self._after(Head(stamp, sender, "", 0) if sender else in_container(said, stamp), said)
            return
        entry = entry_of(record, self._source, self._number)
        if entry is not None:
            yield entry


def _plain_head(line: str) -> Head:
    """The head of a line that has the layout of others, whatever stands in the place of the time."""
    head = line.partition(": ")[0]
    return Head("", head[head.rfind(" ") + 1 :].partition("[")[0], "", len(head) + 2)
