"""How work grows with its input, by the CPU time of this process: what else the machine is doing does not count."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

LEAST = 0.02
"""Seconds of CPU below which a reading is mostly noise."""
ROUNDS = 8
"""A busy machine spoils some readings, hardly ever all of them; what really grows too fast does so in each."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run, without the garbage collector, whose rounds grow with the rest of the tests."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        began = process_time()
        work()
        return process_time() - began
    finally:
        if was_on:
            gc.enable()


def assert_linear(work: Callable[[int], object], size: int, *, factor: int = 4, slack: float = 2.0) -> None:
    """``work(size * factor)`` takes at most ``factor * slack`` times the CPU time of ``work(size)``.

    The least of the readings so far count; they are taken by turns until they fit, at most ROUNDS times.
    """
    small = large = float("inf")
    for _ in range(ROUNDS):
        small = min(small, cpu_seconds(lambda: work(size)))
        large = min(large, cpu_seconds(lambda: work(size * factor)))
        if large <= max(small, LEAST) * factor * slack:
            return
    raise AssertionError(f"{size}: {small:.3f} s, {size * factor}: {large:.3f} s of CPU")
