"""Limits of memory, CPU and tasks (load-fragment.c, cgroup-util.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import ignored, warned, whole
from unitlint.grammar.percent import parse_permyriad
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import in_range
from unitlint.grammar.scalar import judge
from unitlint.grammar.size import INFINITY, REASON, parse_size, read_size

_MAY_BE_ZERO = frozenset(
    f"{startup}{name}"
    for startup in ("", "Startup", "Default", "DefaultStartup")
    for name in ("MemoryMin", "MemoryLow", "MemorySwapMax", "MemoryZSwapMax")
) - {"DefaultStartupMemoryLow"}
COMPLAINS_SINCE = 252
"""From this release to 257 systemd speaks of every use of some settings of cgroup v1."""


def memory_limit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_memory_limit: a size, a percentage or ``infinity``; 0 only where it means something."""
    problem = _memory_problem(text, context)
    if problem is not None:
        return (problem,)
    return cgroup_v1(text, context, "MemoryMax=") if context.directive == "MemoryLimit" else ()


def _memory_problem(text: str, context: Context) -> Problem | None:
    if not text or text == "infinity":
        return None
    parts = parse_permyriad(text, context.release)
    number = parse_size(text) if parts is None else parts if parts <= 10000 else None
    if number is None and parts is not None:
        return ignored(whole(text), "a percentage ends at 100%", "out-of-range")
    if number is None:
        return next(iter(judge(text, context, read_size)), ignored(whole(text), REASON, "out-of-range"))
    if number == 0 and context.directive not in _MAY_BE_ZERO:
        return ignored(whole(text), "the limit must be above 0", "out-of-range")
    return None


def tasks_max(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_tasks_max: a number above 0, a percentage or ``infinity``."""
    if not text or text == "infinity":
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is not None:
        return () if parts <= 10000 else (ignored(whole(text), "a percentage ends at 100%", "out-of-range"),)
    return in_range(text, 1, INFINITY - 1)


def cpu_shares(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_cpu_shares."""
    return in_range(text, 2, 262144, empty=True) or cgroup_v1(text, context, "CPUWeight=")


def block_io_weight(text: str, _context: Context) -> Iterable[Problem]:
    """config_parse_blockio_weight."""
    return in_range(text, 10, 1000, empty=True)


def cgroup_v1(text: str, context: Context, instead: str) -> Iterable[Problem]:
    """The warning that some settings of cgroup v1 bring whatever their value."""
    if context.release < COMPLAINS_SINCE:
        return ()
    return (
        warned(
            whole(text), f"it belongs to cgroup v1 and goes with it; {instead} takes its place", "deprecated-directive"
        ),
    )
