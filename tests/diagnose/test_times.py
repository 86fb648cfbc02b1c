"""Times of logs: the short form, which most lines have, is read by a way of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unitlint.diagnose.times import _seconds_of, seconds_of

NUMBERS = st.integers(0, 99).map("{:02d}".format) | st.sampled_from([" 5", "+1", "1_", "٠٨", "²3"])


@given(st.sampled_from(["May", "Feb", "Mär", "xyz", "5月 "]), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_short_stamps_are_read_as_any_other(month: str, day: str, hour: str, minute: str, second: str) -> None:
    stamp = f"{month} {day} {hour}:{minute}:{second}"
    assert seconds_of(stamp) == _seconds_of(stamp, None)


def test_differences_within_a_day_are_right() -> None:
    first, last = seconds_of("May 08 11:46:49"), seconds_of("May 08 23:59:59")
    assert first is not None
    assert last is not None
    assert last - first == 12 * 3600 + 13 * 60 + 10
