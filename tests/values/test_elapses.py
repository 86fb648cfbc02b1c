"""When calendar events elapse, beside what systemd-analyze says, and time spans in words."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime, timezone
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.values.calendar_event import SHORTHANDS, Malformed
from unitlint.values.elapses import next_times, normalized, spelled_out
from unitlint.values.timespan import parse_timespan

NOW = datetime(2026, 2, 27, 9, 30, 15, tzinfo=timezone.utc)
EVENTS = [
    *sorted(SHORTHANDS), "Mon..Fri 10:00", "*-*~01 22:00", "*-*~07/1", "*:0/15", "Mon", "12-25", "10:30:15",
    "*-02-29 12:00", "Sat,Sun 4:05:0/20", "@1900000000", "*:*", "Fri 13:13:13", "*-*-1..7 4:00",
    "Sun *-*-1..7 04:00", "2127..2129-1/3-31 5:0", "*-*-* 1/5,2:10..20/5", "Wed..Sat,Tue 12-10-15 1:2:3",
    "Wed *-1", "08:05:40 Europe/Paris", "2003-03-05", "weekly Asia/Tokyo", "*:*:*", "monday-thursday 9:00",
    "*-*-31", "2099..2100-02~01", "*-*~5,1", "0..23/7:30", "02:30 Europe/Berlin", "*-*-* 23:59:59",
]  # fmt: skip


def test_the_next_three_times() -> None:
    times = next_times("Mon..Fri 10:00", NOW, zone=timezone.utc)
    assert [f"{moment:%a %F %R}" for moment in times] == [
        "Fri 2026-02-27 10:00",
        "Mon 2026-03-02 10:00",
        "Tue 2026-03-03 10:00",
    ]


def test_a_leap_day_is_waited_for() -> None:
    assert [moment.year for moment in next_times("*-02-29", NOW, zone=timezone.utc)] == [2028, 2032, 2036]


def test_what_lies_in_the_past_never_comes() -> None:
    assert next_times("2003-01-01", NOW, zone=timezone.utc) == []
    assert next_times("@1", NOW, zone=timezone.utc) == []


def test_a_zone_in_the_text_counts() -> None:
    (first, *_) = next_times("02:00 Asia/Tokyo", NOW)
    assert first.astimezone(timezone.utc).hour == 17
    assert first.hour == 2


def test_what_is_no_event_raises() -> None:
    with pytest.raises(Malformed):
        next_times("never ever", NOW)


def test_every_shorthand_is_an_event() -> None:
    assert all(normalized(name) != name for name in SHORTHANDS)


@pytest.mark.parametrize("event", EVENTS)
def test_systemd_agrees(event: str) -> None:
    if which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: nothing to compare with")
    command = ["systemd-analyze", "calendar", "--iterations=3", event]
    environment = {"TZ": "UTC", "LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    before = datetime.now(timezone.utc)
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    local = re.findall(r"(?:Next elapse|Iter\. #\d): \w+ (\S+ \S+)", said)
    wanted = re.findall(r"\(in UTC\): \w+ (\S+ \S+)", said) or local
    possible = [
        [f"{moment.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S}" for moment in next_times(event, now, zone=timezone.utc)]
        for now in (before, datetime.now(timezone.utc))
    ]
    assert wanted in possible


@pytest.mark.parametrize(
    ("microseconds", "words"),
    [(0, "0 seconds"), (5_400_000_000, "1 hour 30 minutes"), (1_500, "1 millisecond 500 microseconds"),
     (86_400_000_000 * 8, "1 week 1 day"), (1_000_000, "1 second")],
)  # fmt: skip
def test_time_spans_in_words(microseconds: int, words: str) -> None:
    assert spelled_out(microseconds) == words


@given(st.integers(0, 10**16))
def test_the_words_are_read_as_the_same_span(microseconds: int) -> None:
    words = spelled_out(microseconds)
    short = re.sub(r" (year|month|week|day|hour|minute|second)s?\b", r"\1", words)
    short = short.replace(" milliseconds", "ms").replace(" millisecond", "ms")
    short = short.replace(" microseconds", "us").replace(" microsecond", "us")
    assert parse_timespan(short) == microseconds
