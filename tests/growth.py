"""How work grows with its input, by the CPU time of this process: what else the machine is doing does not count."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

LEAST = 0.02
"""Seconds of CPU below which a reading is mostly noise."""


def cpu_seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least CPU time of a few runs, without the garbage collector, whose rounds grow with the rest of the tests."""
    readings = []
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in range(times):
            began = process_time()
            work()
            readings.append(process_time() - began)
    finally:
        if was_on:
            gc.enable()
    return min(readings)


def assert_linear(work: Callable[[int], object], size: int, *, factor: int = 4, slack: float = 2.0) -> None:
    """``work(size * factor)`` takes at most ``factor * slack`` times the CPU time of ``work(size)``."""
    small = max(cpu_seconds(lambda: work(size)), LEAST)
    large = cpu_seconds(lambda: work(size * factor))
    assert large <= small * factor * slack, f"{size}: {small:.3f} s, {size * factor}: {large:.3f} s of CPU"
