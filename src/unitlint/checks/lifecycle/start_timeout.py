"""Commands that take longer than systemd waits for them."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.checks.service import DEFAULT_TIMEOUT, deciding, script_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command

SECOND = 1_000_000
_SLEEPS = late_pattern(r"(?:^|;|&&)\s*sleep\s+(\d{1,9}(?:\.\d{1,9})?|infinity)([smhd]?)(?=\s*(?:$|;|&&))")
_MAY_NOT_SLEEP = late_pattern(r"\b(?:if|while|until|for|case|test|exit)\b|\[|\|\|")
_UNITS = {"": SECOND, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND, "d": 86400 * SECOND}
START, STOP = "TimeoutStartSec", "TimeoutStopSec"
LIMITS = {
    "ExecStartPre": (START, "the start fails"), "ExecStart": (START, "the start fails"),
    "ExecStartPost": (START, "the start fails"), "ExecReload": (START, "the reload fails"),
    "ExecStop": (STOP, "the service fails when it is stopped"),
    "ExecStopPost": (STOP, "the service fails when it is stopped"),
}  # fmt: skip
"""What bounds each of the commands, and what follows where it takes longer."""


class TimedCommand(NamedTuple):
    """A command and the time that systemd gives it."""

    line: Assignment
    command: Command
    most: float
    """Microseconds."""
    known: str
    """The limit as a message names it."""
    related: tuple[tuple[Place, str], ...]
    outcome: str


def timed_commands(unit: Unit, context: Context) -> Iterator[TimedCommand]:
    """systemd measures each command by itself (service.c: service_arm_timer).

    Type=oneshot has no timeout of the start by default, and only there the start waits for ExecStart= to end.
    """
    if not unit.has_fragment:
        return
    is_task = service_type(unit, context.release) == "oneshot"
    for directive, (name, outcome) in LIMITS.items():
        limit = deciding(unit, name)
        if (directive == "ExecStart" and not is_task) or (is_task and limit is None and name == START):
            continue
        most = DEFAULT_TIMEOUT if limit is None else timespan(limit.value)
        if most is None or most in (0, INFINITY):
            continue
        known = f"{name}={limit.value}" if limit else f"the default {name}=90s"
        related: tuple[tuple[Place, str], ...] = ((limit, "the limit"),) if limit else ()
        for line, command in commands(unit, context.release, directive):
            yield TimedCommand(line, command, most, known, related, outcome)


def sleeps_too_long(unit: Unit, context: Context) -> Iterator[Hit]:
    """sleep(1) adds up its operands."""
    for timed in timed_commands(unit, context):
        pause = _pause(timed.command)
        if pause >= timed.most:
            shown = "forever" if pause == INFINITY else f"{pause / SECOND:g}s"
            yield Hit(timed.line, {"pause": shown, "limit": timed.known, "outcome": timed.outcome}, timed.related)


def _pause(command: Command) -> float:
    """The microseconds that a command is sure to sleep."""
    alone = " ".join(["sleep", *(word.text for word in command.words)]) if program(command) == "sleep" else ""
    text = script_of(command) or alone
    if _MAY_NOT_SLEEP.search(text):
        return 0
    return sum(float(number) * _UNITS[unit_of_time] for number, unit_of_time in _SLEEPS.findall(text))
