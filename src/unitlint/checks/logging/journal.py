"""Sizes and levels in journald.conf that are not what comes of them (journald.conf(5))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.whole_numbers import whole_number
from unitlint.checks.references import tree_of
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.timespan import parse_timespan
from unitlint.values.typed import INFINITY, integer, size, timespan

LEVELS = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")


def level_above_journal(unit: Unit, context: Context) -> Iterator[Hit]:
    """A service's LogLevelMax= lets through what MaxLevelStore= of the same tree's journald.conf drops."""
    line = unit.last("Service", "LogLevelMax")
    journal = context.units["journald.conf"] if line is not None and "journald.conf" in context.units else None
    stored = None if journal is None else journal.last("Journal", "MaxLevelStore")
    if line is None or journal is None or stored is None or unit.all("Service", "LogNamespace"):
        return
    wanted, kept = _level(line.value), _level(stored.value)
    if wanted is not None and kept is not None and wanted > kept and tree_of(unit.path) == tree_of(journal.path):
        yield Hit(line, {"stored": stored.value}, ((stored, "the journal keeps no more than this"),))


def _level(text: str) -> int | None:
    if text in LEVELS:
        return LEVELS.index(text)
    number = whole_number(text)
    return number if number is not None and number < len(LEVELS) else None


def raised(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A MaxUse below twice the MaxFileSize is raised to that (journal-file.c: journal_reset_metrics)."""
    for where in ("System", "Runtime"):
        use, file = unit.last("Journal", f"{where}MaxUse"), unit.last("Journal", f"{where}MaxFileSize")
        most, one = use and size(use.value), file and size(file.value)
        if use is not None and file is not None and most and one and one * 2 > most:
            fields = {"file_size": f"{file.directive}={file.value}"}
            yield Hit(use, fields, ((file, "two files of this size are always allowed"),))


PAIRS = (
    ("Service", "LogRateLimitIntervalSec", "LogRateLimitBurst"),
    ("Journal", "RateLimitIntervalSec", "RateLimitBurst"),
    ("Journal", "RateLimitInterval", "RateLimitBurst"),
)


def rate_limit_nonsensical(unit: Unit, context: Context) -> Iterator[Hit]:
    """The finding stands at the half that does nothing, or at an interval longer than the option allows."""
    longest = float(context.options.get("longest-interval", 3600)) * 1_000_000
    for section, interval_name, burst_name in PAIRS:
        interval, burst = unit.last(section, interval_name), unit.last(section, burst_name)
        span = None if interval is None else timespan(interval.value)
        count = None if burst is None else integer(burst.value)
        if section == "Service" and 0 in (span, count):
            continue  # unit-rate-limit-off speaks of it
        if interval is not None and burst is not None and _one_is_zero(span, count):
            zero, idle = (interval, burst) if span == 0 else (burst, interval)
            yield _cancelled(idle, zero)
            continue
        if interval is not None and span is not None and span > longest and count != 0:
            how = "for good" if span == INFINITY else f"for the rest of {interval.value}"
            fields = {"problem": f"once the limit is reached, everything is dropped {how}"}
            yield Hit(interval, fields, () if burst is None else ((burst, "the limit"),))


def _one_is_zero(span: float | None, count: float | None) -> bool:
    return span is not None and count is not None and (span == 0) != (count == 0)


def _cancelled(idle: Assignment, zero: Assignment) -> Hit:
    problem = f"it has no effect, because {zero.directive}={zero.value} disables the whole limit"
    return Hit(idle, {"problem": problem}, ((zero, "disabled here"),))


def unit_rate_limit_off(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Zero in a unit means "not set", so that journald's own limit stays (journald-rate-limit.c)."""
    interval = unit.last("Service", "LogRateLimitIntervalSec")
    burst = unit.last("Service", "LogRateLimitBurst")
    if interval is not None and parse_timespan(interval.value) == 0:
        yield Hit(interval)
    if burst is not None and burst.value.strip("0") == "":
        yield Hit(burst)
