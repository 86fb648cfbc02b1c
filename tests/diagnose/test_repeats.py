"""What a line tells does not depend on the lines before it, though most are told by one that they are alike to."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from unitlint.diagnose.entries import entries_of
from unitlint.diagnose.model import Event
from unitlint.diagnose.patterns import FORMS, fields_of, filled
from unitlint.diagnose.recognise import Recogniser
from unitlint.diagnose.repeats import Repeats
from unitlint.diagnose.table import load_events

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


def told(lines: list[str], repeats: Repeats) -> list[tuple[Any, ...]]:
    """Line, event, fields, unit and message of what a log tells."""
    found = []
    log = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    for read in entries_of(log, "log", RECOGNISER.is_wanted, repeats):  # type: ignore[arg-type]
        if isinstance(read, int):
            continue
        event = read if isinstance(read, Event) else RECOGNISER.event(read)
        if event is not None:
            if not isinstance(read, Event) and read.text:
                repeats.keep(read.text, event)
            entry = event.entry
            found.append(
                (entry.line, event.kind.id, dict(event.fields), event.unit, entry.message, entry.time, entry.sender)
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
    together = told(log, Repeats(RECOGNISER))
    alone = [(number, *event[1:]) for number, line in enumerate(log, 1) for event in told([line], Repeats(RECOGNISER))]
    assert together == alone


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
    found = told(log, Repeats(RECOGNISER))
    assert [(line, kind) for line, kind, *_ in found] == [
        (1, "exec-failed"), (2, "namespace-failed"), (3, "stop-timeout"), (5, "restart-scheduled"),
        (6, "restart-scheduled"), (7, "restart-scheduled"),
    ]  # fmt: skip
    assert [(fields["restarts"], unit) for _, kind, fields, unit, *_ in found if kind == "restart-scheduled"] == [
        ("1", "web.service"), ("12", "web.service"), ("12", "web-2.service"),
    ]  # fmt: skip
