"""This checkout against another one, in one run: `python benchmarks/run.py --against ../other-checkout`.

Both do the same work by turns, so that both meet the same machine. Reported are the medians of elapsed time, CPU time
and peak memory of a process, and the median of the ratios of neighbouring runs. CPU time is the one to trust on a busy
machine. Nothing fails: what a change may cost is for people to judge.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
CHECK = [sys.executable, "-m", "unitlint", "check", "--isolated", "--output-format", "concise"]


class Reading(NamedTuple):
    """What one process took: seconds, seconds of CPU with its children's, and megabytes at its peak."""

    elapsed: float
    cpu: float
    memory: float


def compare(other: Path, folder: Path, *, quick: bool) -> None:
    """Prints a table of this checkout against ``other``; ``folder`` is for files of its own."""
    if not (other / "src" / "unitlint").is_dir():
        sys.exit(f"{other}: no src/unitlint there, so it is no checkout of unitlint")
    unit = folder / "one.service"
    unit.write_text("[Unit]\nDescription=One\n\n[Service]\nExecStart=/bin/true\nMemoryMax=1G\n")
    work = {"cold start, one unit": ([*CHECK, str(unit)], 10 if quick else 40)}
    work["batch, examples/"] = ([*CHECK, str(ROOT / "examples")], 5 if quick else 20)
    if CORPUS.is_dir():
        corpus = [*CHECK, "--no-respect-gitignore", str(CORPUS)]
        work["batch, ../shared/corpus, one process"] = ([*corpus, "--jobs", "1"], 2 if quick else 7)
        work["batch, ../shared/corpus, as by default"] = (corpus, 2 if quick else 7)
    heading = "this / other (medians; the ratio is that of neighbouring runs)"
    print(f"{heading:<64}{'elapsed':>26}{'CPU':>26}{'memory':>26}")
    for what, (command, times) in work.items():
        pairs = side_by_side(command, ROOT, other, folder, times)
        print(f"{what:<64}" + "".join(f"{column(pairs, number):>26}" for number in range(3)), flush=True)


def side_by_side(command: list[str], one: Path, other: Path, folder: Path, times: int) -> list[tuple[Reading, Reading]]:
    """Readings of both checkouts, each first every second time; the first runs, which fill caches, do not count."""
    environments = [
        environment_of(checkout, folder / f"cache-{number}") for number, checkout in enumerate((one, other))
    ]
    for environment in environments:
        reading(command, environment)
    pairs = []
    for turn in range(times):
        order = (0, 1) if turn % 2 == 0 else (1, 0)
        readings = {number: reading(command, environments[number]) for number in order}
        pairs.append((readings[0], readings[1]))
    return pairs


def environment_of(checkout: Path, cache: Path) -> dict[str, str]:
    """So that a checkout is run from its source and stays as it is."""
    own = {
        "PYTHONPATH": str(checkout.resolve() / "src"),
        "PYTHONPYCACHEPREFIX": str(cache),
        "XDG_CACHE_HOME": str(cache),
    }
    return {**os.environ, **own}


def reading(command: list[str], environment: dict[str, str]) -> Reading:
    """Runs a command to its end; what it prints and its status do not matter."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Reading(elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def column(pairs: list[tuple[Reading, Reading]], number: int) -> str:
    """The ratio of one of the readings, and the two medians behind it."""
    ratio = median(this[number] / other[number] for this, other in pairs)
    this, other = (median(pair[side][number] for pair in pairs) for side in (0, 1))
    if number == 2:
        return f"{ratio:.2f} ({this:.1f}/{other:.1f} MB)"
    return f"{ratio:.2f} ({this * 1000:.0f}/{other * 1000:.0f} ms)"
