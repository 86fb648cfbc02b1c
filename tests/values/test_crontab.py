"""Lines of a crontab as calendar events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.catalogue import lookup
from unitlint.values.calendar_event import check_event
from unitlint.values.crontab import calendar_event_of
from unitlint.values.problem import ValueContext
from unitlint.values.table import check_value


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("*/5 * * * *", "*-*-* *:00/5:00"),
        ("0 3 * * *", "*-*-* 03:00:00"),
        ("*/15 9-17 * * 1-5", "Mon..Fri *-*-* 09..17:00/15:00"),
        ("0 0 1,15 * *", "*-*-01,15 00:00:00"),
        ("30 4 * * mon,wed", "Mon,Wed *-*-* 04:30:00"),
        ("0 0 * * 7", "Sun *-*-* 00:00:00"),
        ("0 */2 * 6-8 *", "*-06..08-* 00/2:00:00"),
        ("@daily", "daily"),
        ("@annually", "yearly"),
    ],
)
def test_a_line_and_its_event(line: str, event: str) -> None:
    assert calendar_event_of(line) == event
    check_event(event)


@pytest.mark.parametrize(
    "line", ["@reboot", "0 0 * jan 0", "0 0 1 * 1", "0 0 * * 8", "a b c d e", "* * * *", "1- * * * *"]
)
def test_what_has_no_event(line: str) -> None:
    assert calendar_event_of(line) is None


@given(st.text("0159*/-, mon@", max_size=20))
def test_what_is_suggested_is_a_calendar_event(line: str) -> None:
    entry = lookup("unit", "Timer", "OnCalendar")
    assert entry is not None
    context = ValueContext(262, "Timer", "OnCalendar", entry)
    for problem in check_value("config_parse_timer", line, context):
        if problem.suggestion is not None:
            check_event(problem.suggestion)
