"""Timers whose delays are longer than the time between two of their runs (timer.c: timer_enter_waiting)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from unitlint.checks.dependencies.calendars import every_seconds
from unitlint.checks.lifecycle.restarting import SECOND, in_words
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.typed import timespan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment

REPEATING = ("OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec")
ACCURACY = 60 * SECOND
SAMPLE = 16
"""So many times of a calendar event show how far apart they are."""


def below_accuracy(unit: Unit, _context: Context) -> Iterator[Hit]:
    """An interval shorter than AccuracySec=, within which systemd may put each start off."""
    own = unit.last("Timer", "AccuracySec")
    accuracy = ACCURACY if own is None else timespan(own.value)
    if accuracy is None or not unit.has_fragment:
        return
    for line in _repeating(unit):
        if own is None and line.directive == "OnCalendar":
            interval = every_seconds(line.value)  # no other event comes more often than once a minute
        else:
            interval = longest_interval(line)
        if interval is not None and 0 < interval < accuracy:
            setting = f"AccuracySec={own.value}" if own is not None else "AccuracySec=, by default 1 minute"
            fields = {"longest": in_words(interval + accuracy), "setting": setting}
            yield Hit(line, fields, () if own is None else ((own, "the accuracy"),))
            return


def delay_beyond_interval(unit: Unit, _context: Context) -> Iterator[Hit]:
    """RandomizedDelaySec= above the interval of OnCalendar=; one that is as long spreads the starts evenly.

    What elapses some time after the last run is only later, and leaves nothing out.
    """
    delay = unit.last("Timer", "RandomizedDelaySec")
    most = None if delay is None else timespan(delay.value)
    if delay is None or most is None:
        return
    for line in unit.all("Timer", "OnCalendar"):
        interval = longest_interval(line)
        if interval is not None and 0 < interval < most:
            fields = {"longest": in_words(interval + most), "interval": f"{line.directive}={line.value}"}
            yield Hit(delay, fields, ((line, "the interval"),))
            return


def longest_interval(line: Assignment) -> float | None:
    """The microseconds between two moments of a line of a timer, the most where they differ; None where unknown."""
    return _longest_between(line.value) if line.directive == "OnCalendar" else timespan(line.value)


@lru_cache(maxsize=1024)
def _longest_between(event: str) -> float | None:
    from datetime import datetime, timezone

    from unitlint.values.calendar_event import Malformed
    from unitlint.values.elapses import next_times

    try:
        times = next_times(event, datetime(2026, 1, 1, tzinfo=timezone.utc), SAMPLE, timezone.utc)
    except (Malformed, ValueError):
        return None
    if len(times) < SAMPLE:
        return None
    return max((second - first).total_seconds() for first, second in pairwise(times)) * SECOND


def _repeating(unit: Unit) -> Iterator[Assignment]:
    for directive in REPEATING:
        yield from unit.all("Timer", directive)
