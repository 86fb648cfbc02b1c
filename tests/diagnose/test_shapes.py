"""What a line tells does not depend on the lines before it, though most are read as one of the same shape was."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diagnose.test_formats import FORMATS
from unitlint.diagnose import shapes
from unitlint.diagnose.forms import shape_of
from unitlint.diagnose.patterns import FORMS, fields_of, filled
from unitlint.diagnose.reading import LogReader
from unitlint.diagnose.recognise import Recogniser
from unitlint.diagnose.run import diagnose_streams
from unitlint.diagnose.shapes import PASSED, Shapes
from unitlint.diagnose.sightings import expanded
from unitlint.diagnose.table import load_events
from unitlint.report.diagnosis import json_format

KINDS = load_events()
RECOGNISER = Recogniser(KINDS)
ROW_OF_A_TABLE = "[{pid}] {uid} "
"""Of the rows of an OOM report the largest tell something (task_rows.py), so they depend on the others."""
TEMPLATES = sorted(
    template for kind in KINDS for template, _, _ in kind.patterns if not template.startswith(ROW_OF_A_TABLE)
)
HEADS = (
    "host systemd[1]: ",
    "host systemd[873]: ",
    "host (web)[12]: ",
    "host kernel: ",
    "host kernel: [   12.5] ",
    "h web: ",
)
UNITS = ("web.service", "web-1.service", "web-22.service", "db.mount", "1.service", "x")
NUMBERS = st.sampled_from(["1", "2", "203", "226", "9", "31", "137", "100000"])


class Blocks(io.BytesIO):
    """A stream that gives few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read1(self, _size: int | None = -1, /) -> bytes:
        return self.read(self._size)

    def peek(self, size: int) -> bytes:
        return self.getvalue()[self.tell() :][:size]


def told(lines: list[str]) -> list[tuple[Any, ...]]:
    """Line, event, fields, unit and message of what a log tells."""
    log = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    found = []
    for event in map(expanded, LogReader(RECOGNISER).events("log", lambda: log)):  # type: ignore[arg-type, return-value]
        entry = event.entry
        found.append(
            (
                entry.line,
                event.kind.id,
                dict(event.fields),
                event.unit,
                entry.message,
                entry.time,
                entry.sender,
                entry.pid,
            )
        )
    return found


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Lines of a few templates, in which units and numbers change."""
    templates = draw(st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=2))
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=1, max_size=2))
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2))
    found = []
    for second in range(draw(st.integers(2, 12))):
        template = draw(st.sampled_from(templates))
        values = {name: draw(NUMBERS) for name in sorted(fields_of(template)) if FORMS.get(name) == r"\d+"}
        unit = draw(st.sampled_from(units))
        comm = draw(st.sampled_from(["web", "web1", "web 2", ""]))
        message = filled(template, {**values, "unit": unit, "comm": comm, "text": draw(NUMBERS)})
        found.append(f"Mar 02 10:00:{second:02d} {draw(st.sampled_from(heads))}{message}")
    return found


@given(lines())
@settings(max_examples=300)
def test_a_line_tells_the_same_after_others(log: list[str]) -> None:
    alone = [(number, *event[1:]) for number, line in enumerate(log, 1) for event in told([line])]
    assert told(log) == alone
    assert told([*log, *log])[len(alone) :] == [(number + len(log), *event) for number, *event in alone]


def test_numbers_that_tell_messages_apart() -> None:
    log = [
        "Mar 02 10:00:00 host systemd[1]: web.service: Main process exited, code=exited, status=203/EXEC",
        "Mar 02 10:00:01 host systemd[1]: web.service: Main process exited, code=exited, status=226/EXEC",
        "Mar 02 10:00:02 host systemd[1]: web.service: Stopping timed out (2). Killing.",
        "Mar 02 10:00:03 host systemd[1]: web.service: Stopping timed out (3). Killing.",
        "Mar 02 10:00:04 host systemd[1]: web.service: Scheduled restart job, restart counter is at 1.",
        "Mar 02 10:00:05 host systemd[1]: web.service: Scheduled restart job, restart counter is at 12.",
        "Mar 02 10:00:06 host systemd[1]: web-2.service: Scheduled restart job, restart counter is at 12.",
    ]
    found = told(log)
    assert [(line, kind) for line, kind, *_ in found] == [
        (1, "exec-failed"), (2, "namespace-failed"), (3, "stop-timeout"), (5, "restart-scheduled"),
        (6, "restart-scheduled"), (7, "restart-scheduled"),
    ]  # fmt: skip
    assert [(fields["restarts"], unit) for _, kind, fields, unit, *_ in found if kind == "restart-scheduled"] == [
        ("1", "web.service"), ("12", "web.service"), ("12", "web-2.service"),
    ]  # fmt: skip


def answer(data: bytes, size: int) -> str:
    return json_format.render(diagnose_streams([("log", lambda: Blocks(data, size))]))  # type: ignore[arg-type, return-value]


SOME = [
    *(line.encode() for log in FORMATS.values() for line in (log if isinstance(log, str) else "").split("\n")),
    b"Mar 02 10:00:01 host systemd[1]: web.service: Main process exited, code=exited, status=203/EXEC",
    b"Mar 02 10:00:01 host systemd[1]: web.service: Main process exited, code=exited, status=1/FAILURE",
    b"Mar 02 10:00:02 host systemd[1]: web.service: Failed with result 'exit-code'.",
    b"Mar 02 10:00:03 host systemd[1]: web.service: Scheduled restart job, restart counter is at 4.",
    b"Mar 02 10:00:03 host systemd[1]: Started web-7.service - Web.",
    b"Mar 02 10:00:03 host web[77]: cannot bind to port 80",
    b"Mar 02 10:00:03 host kernel: [  71.25] [  812]   998   812  8123   2585   36864        4             0 java",
    b"Mar 02 10:00:03 host kernel: Out of memory: Killed process 9 (a b) total-vm:11kB, anon-rss:71kB, file-rss:1kB",
    b"Mar 02 10:00:04 host systemd-coredump[12]: Process 10 (web) of user 0 dumped core.",
    b"   #0  0x00007fce15312bd0 poll (libc.so.6)",
    b'Mar 02 10:00:04 host audit[7]: AVC avc:  denied  { read } for  pid=7 comm="a" scontext=a tcontext=b tclass=file',
    b"-- Reboot --",
    b"plain words",
    b"",
]


SHORTEST_HEAD = 15


@st.composite
def logs(draw: st.DrawFn) -> bytes:
    """Lines that come again and again with other digits, some of them damaged."""
    some = draw(st.lists(st.sampled_from(SOME), min_size=1, max_size=6))
    digits = st.sampled_from(b"0123456789")
    lines = []
    for line in some * draw(st.integers(1, 5)):
        changed = bytearray(line)
        for at in draw(st.lists(st.integers(0, max(len(line) - 1, 0)), max_size=4)):
            if line and bytes([changed[at]]).isdigit():
                changed[at] = draw(digits)
        # Behind the head: a head that is none is read as the lines before it suggest.
        begin = line.find(b": ", SHORTEST_HEAD) + 2
        if draw(st.integers(0, 20)) == 0 and SHORTEST_HEAD < begin < len(changed):
            changed[draw(st.integers(begin, len(changed) - 1))] = draw(st.integers(0, 255))
        lines.append(bytes(changed))
    return draw(st.sampled_from([b"\n", b"\r\n"])).join(lines)


@given(logs(), st.integers(1, 300))
@settings(max_examples=60)
def test_what_is_remembered_changes_no_answer(log: bytes, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes.Shapes, "comes_again", lambda *_: False)
        plain = answer(log, len(log) + 1)
    assert answer(log, len(log) + 1) == plain
    if b"\0" not in log and b"\x1b" not in log:
        assert answer(log, size) == plain
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "MOST_SHAPES", 2)
        patch.setattr(shapes, "MOST_OF_SHAPE", 1)
        assert answer(log, len(log) + 1) == plain


def test_a_record_that_is_full_counts_the_lines_that_come_again() -> None:
    lines = [
        "Mar 02 10:{:02d}:{:02d} host web[{}]: cannot bind to port {}",
        "Mar 02 10:{:02d}:{:02d} host systemd[1]: web.service: Main process exited, code=exited, status=1/FAILURE",
        "Mar 02 10:{:02d}:{:02d} host systemd[1]: web.service: Failed with result 'exit-code'.",
        "Mar 02 10:{:02d}:{:02d} host systemd[1]: web.service: Scheduled restart job, restart counter is at {}.",
    ]
    log = "".join(
        f"{line.format(at // 60, at % 60, at + 1, 80 + at)}\n" for at in range(600) for line in lines
    ).encode()
    (incident,) = diagnose_streams([("log", lambda: Blocks(log, 1000))]).incidents  # type: ignore[arg-type, return-value]
    cause = incident.causes[0]
    assert (cause.kind.id, cause.times, incident.events) == ("exit-status", 600, 1800)
    assert cause.last.stamp == "Mar 02 10:09:59"
    assert cause.fields["restarts"] == "600"
    assert cause.fields["said"] == "web: cannot bind to port 679"
    assert [event.entry.line for event in incident.timeline[-2:]] == [2399, 2400]
    assert incident.left_out == 1800 - len(incident.timeline)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MOST_SHAPES", 10)
    known = Shapes(RECOGNISER)
    for at in range(200):
        line = f"Mar 02 10:00:00 host systemd[1]: Reached target {'a' * at}."
        known.comes_again(shape_of(line))
        known.pass_over(line)
        assert known.known[shape_of(line)] is PASSED
        assert len(known.known) <= 10
