"""UL633: a command that waits longer than systemd waits for it (service.c: each command has the whole timeout)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.lifecycle.restarting import SECOND, in_words
from unitlint.checks.service import SHELLS, deciding
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan

DEFAULT = 90 * SECOND
TIMEOUTS = {
    "ExecCondition": "TimeoutStartSec", "ExecStartPre": "TimeoutStartSec", "ExecStart": "TimeoutStartSec",
    "ExecStartPost": "TimeoutStartSec", "ExecReload": "TimeoutStartSec", "ExecStop": "TimeoutStopSec",
    "ExecStopPost": "TimeoutStopSec",
}  # fmt: skip
_SLEEP = late_pattern(r"(?:^|[;&]\s*)(?:/(?:usr/)?bin/)?sleep\s+(\d+(?:\.\d+)?)([smh]?)\s*(?=$|[;&])")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def longer_than_timeout(unit: Unit, context: Context) -> Iterator[Hit]:
    """A sleep that is not over when systemd kills it, so that the start or the stop fails each time."""
    kind = service_type(unit, context.release)
    for directive, name in TIMEOUTS.items():
        for line, command in commands(unit, context.release, directive):
            if directive == "ExecStart" and kind not in ("oneshot", "forking"):
                continue
            slept = _slept(f"{program(command)} {' '.join(word.text for word in command.words)}", program(command))
            own = deciding(unit, name)
            limit = _limit(own.value if own is not None else None, kind, name)
            if slept is not None and limit is not None and slept >= limit:
                related: tuple[tuple[Place, str], ...] = () if own is None else ((own, "the timeout"),)
                setting = (
                    f"{own.directive}={own.value}" if own is not None else f"{name}=, by default {in_words(DEFAULT)}"
                )
                yield Hit(line, {"slept": in_words(slept), "setting": setting}, related)
                return


def _slept(text: str, name: str) -> float | None:
    """How long ``sleep 120`` takes, or the sleeps of a script without branches."""
    if name in SHELLS:
        _, has_script, text = text.partition("-c ")
        if not has_script or "||" in text or "if " in text or "(" in text:
            return None
    elif name != "sleep":
        return None
    found = [float(number) * _UNITS[unit] * SECOND for number, unit in _SLEEP.findall(text)]
    return sum(found) if found else None


def _limit(value: str | None, kind: str, name: str) -> float | None:
    """The timeout; None where there is none, as for the start of a oneshot."""
    if value is None:
        return None if kind == "oneshot" and name == "TimeoutStartSec" else DEFAULT
    limit = timespan(value)
    return None if limit is None or limit in (0, INFINITY) else limit
