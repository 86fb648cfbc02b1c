"""What follows a failure, and what counts as one (service.c: service_enter_dead, service_shall_restart)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.restarting import AFTER_ERRORS, in_words, start_limit
from unitlint.checks.service import is_lasting, is_whole
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY
from unitlint.values.words import split_words

USUAL = ("1", "FAILURE")
"""The exit status that most programs have for every failure."""


def on_failure_never_runs(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A service that is restarted without end is never failed for OnFailure=, until 254 starts it at every failure."""
    restart = unit.last("Service", "Restart")
    handler = unit.last("Unit", "OnFailure")
    limit = start_limit(unit)
    if handler is None or limit is None or restart is None or restart.value not in AFTER_ERRORS or not is_whole(unit):
        return
    never = limit.off is not None or (limit.interval != INFINITY and limit.burst * limit.pause >= limit.interval)
    if not never or unit.all("Service", "RestartPreventExitStatus"):
        return
    lines = (restart, limit.off, limit.interval_line, limit.burst_line, limit.pause_line)
    related: list[tuple[Place, str]] = []
    for line in lines:
        if line is not None and all(line is not known for known, _ in related):
            related.append((line, "restarts without end" if line is restart else "keeps the limit from being reached"))
    reason = "the start limit is off"
    if limit.off is None:
        reason = f"there are never {limit.burst:g} starts in {in_words(limit.interval)}"
    yield Hit(handler, {"reason": reason}, tuple(related))


def usual_failure_is_success(unit: Unit, context: Context) -> Iterator[Hit]:
    """SuccessExitStatus=1 beside Restart=on-failure."""
    restart = unit.last("Service", "Restart")
    if restart is None or restart.value != "on-failure" or not is_lasting(unit, context):
        return
    for line, word in _words(unit, "SuccessExitStatus"):
        if word[0] in USUAL:
            yield Hit(line, {"status": word[0]}, ((restart, "acts on failures only"),), span=(word[1], word[2]))
            return


def forced_and_prevented(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One status in RestartForceExitStatus= and RestartPreventExitStatus=: the latter wins."""
    prevented = {word[0].removeprefix("SIG"): line for line, word in _words(unit, "RestartPreventExitStatus")}
    for line, word in _words(unit, "RestartForceExitStatus"):
        other = prevented.get(word[0].removeprefix("SIG"))
        if other is not None:
            fields = {"status": word[0]}
            yield Hit(line, fields, ((other, "no restart at this status"),), span=(word[1], word[2]))


def _words(unit: Unit, directive: str) -> Iterator[tuple[Assignment, tuple[str, int, int]]]:
    for line in unit.all("Service", directive):
        for word in split_words(line.value):
            yield line, (word.text, word.start, word.end)
