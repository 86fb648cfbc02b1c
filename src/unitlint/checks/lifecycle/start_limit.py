"""The start limit of a service and the pause between its restarts (unit.c: unit_test_start_limit)."""

from __future__ import annotations

from unitlint.record import NamedTuple
from unitlint.rules.typed import INFINITY, integer, timespan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

SECOND = 1_000_000
DEFAULT_INTERVAL = 10 * SECOND
DEFAULT_BURST = 5
DEFAULT_PAUSE = SECOND / 10
INTERVALS = (("Unit", "StartLimitIntervalSec"), ("Unit", "StartLimitInterval"), ("Service", "StartLimitInterval"))
BURSTS = (("Unit", "StartLimitBurst"), ("Service", "StartLimitBurst"))


class StartLimit(NamedTuple):
    """Times in microseconds; the lines are None where a default holds."""

    interval: float
    burst: float
    pause: float
    interval_line: Assignment | None
    burst_line: Assignment | None
    pause_line: Assignment | None

    @property
    def off(self) -> Assignment | None:
        """The line that takes the limit away."""
        if self.interval == 0:
            return self.interval_line
        return self.burst_line if self.burst == 0 else None


def start_limit(unit: Unit) -> StartLimit | None:
    """The limit as systemd will apply it; None where a value cannot be read."""
    interval_line = _first(unit, INTERVALS)
    burst_line = _first(unit, BURSTS)
    pause_line = unit.last("Service", "RestartSec")
    interval = DEFAULT_INTERVAL if interval_line is None else timespan(interval_line.value)
    burst = DEFAULT_BURST if burst_line is None else integer(burst_line.value)
    pause = DEFAULT_PAUSE if pause_line is None else timespan(pause_line.value)
    if interval is None or burst is None or pause is None or pause == INFINITY:
        return None
    return StartLimit(interval, burst, pause, interval_line, burst_line, pause_line)


def in_words(microseconds: float) -> str:
    """``1min 30s`` for a person to read."""
    if microseconds == INFINITY:
        return "infinity"
    seconds = microseconds / SECOND
    if seconds < 1:
        return f"{microseconds / 1000:g}ms"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours}h"] if hours else []
    parts += [f"{minutes}min"] if minutes else []
    parts += [f"{rest:g}s"] if rest or not parts else []
    return " ".join(parts)


def _first(unit: Unit, names: tuple[tuple[str, str], ...]) -> Assignment | None:
    return next((found for name in names if (found := unit.last(*name))), None)
