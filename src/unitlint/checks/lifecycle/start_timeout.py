"""Commands that take longer than systemd waits for them."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import DEFAULT_TIMEOUT, deciding, script_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan

SECOND = 1_000_000
_SLEEPS = late_pattern(r"(?:^|[;&]\s*)sleep\s+(\d{1,9}(?:\.\d{1,9})?)([smhd]?)(?=\s*(?:$|[;&]))")
_UNITS = {"": SECOND, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND, "d": 86400 * SECOND}


def sleeps_too_long(unit: Unit, context: Context) -> Iterator[Hit]:
    """systemd measures each command by itself (service.c: service_arm_timer); sleep(1) adds up its operands."""
    if service_type(unit, context.release) == "oneshot" and deciding(unit, "TimeoutStartSec") is None:
        return
    limit = deciding(unit, "TimeoutStartSec")
    most = DEFAULT_TIMEOUT if limit is None else timespan(limit.value)
    if most is None or most in (0, INFINITY) or not unit.has_fragment:
        return
    for line, command in commands(unit, context.release, "ExecStartPre", "ExecStartPost"):
        alone = " ".join(["sleep", *(word.text for word in command.words)]) if program(command) == "sleep" else ""
        text = script_of(command) or alone
        pause = sum(float(number) * _UNITS[unit_of_time] for number, unit_of_time in _SLEEPS.findall(text))
        if pause >= most:
            known = f"TimeoutStartSec={limit.value}" if limit else "the default TimeoutStartSec=90s"
            related: tuple[tuple[Place, str], ...] = ((limit, "the limit"),) if limit else ()
            yield Hit(line, {"pause": f"{pause / SECOND:g}s", "limit": known}, related)
