"""`python -m tools.robustness [--count 10000] [--seed 1] [--kind values …] [--keep DIR] [--growth]`.

Makes up inputs of every kind and looks for crashes, hangs, reports that cannot be rendered, a second --fix that changes
something, fixes that bring a refusal, and inputs that take more than half a second of CPU. The same seed makes the same
inputs; Ctrl-C ends it with the figures so far. Each fault is printed once with the number of inputs that have it; the
first input of each is kept in DIR.
With --growth it asks instead how much longer 64 KB take than 4 KB: of so many directives and shapes of values as COUNT
says (0 for all, which takes hours), those that take more than their size are printed. With --part 1/4 every fourth of
them is tried, beginning with the first: the parts 1/4 to 4/4 of one seed are all of them.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

from tools.robustness.growth import cases, grows_too_fast
from tools.robustness.inputs import MAKERS, Input
from tools.robustness.together import SLOW, suspects
from tools.robustness.trial import outcome_of

BATCH = 132
"""So many inputs are tried in one run of the linter; alone is only tried what looked wrong, and what is no unit."""
RENDERED = 20
"""Of so many batches one is rendered in all formats."""
MUCH_MEMORY = 64
"""Megabytes by which no batch should make the process grow."""
FIXED = 4
"""Of so many batches one is fixed, twice."""


def main() -> int:
    """Tries the inputs; the exit status is 1 where one had a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=sorted(MAKERS), help="only these kinds")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that have a fault")
    parser.add_argument("--start", type=int, default=0, help="the number of the first input")
    parser.add_argument("--progress", action="store_true", help="print the figures so far now and then")
    parser.add_argument("--growth", action="store_true", help="sweep directives and shapes of values instead")
    parser.add_argument("--part", type=_part, default=(1, 1), metavar="N/M", help="with --growth: one of M parts")
    arguments = parser.parse_args()
    if arguments.growth:
        return _growth(arguments.count, arguments.seed, arguments.part, progress=arguments.progress)
    kinds = arguments.kind or sorted(MAKERS)
    faults: Counter[str] = Counter()
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="robustness-") as folder:
        for start in range(arguments.start, arguments.start + arguments.count, BATCH):
            numbers = range(start, min(start + BATCH, arguments.start + arguments.count))
            before = _memory()
            try:
                _try(numbers, kinds, Path(folder), arguments, done, faults)
            except KeyboardInterrupt:
                break
            if _memory() > before + MUCH_MEMORY:
                what = f"memory: one of the inputs {numbers} took it from {before} to {_memory()} MB"
                faults[what] += 1
                print(f"--- {what}", flush=True)
            if arguments.progress and (start - arguments.start) % (100 * BATCH) == 0:
                print(f"… {done.total()} inputs, {faults.total()} faults, {_memory()} MB", flush=True)
    print(f"{done.total()} inputs with seed {arguments.seed}: {', '.join(f'{n} {kind}' for kind, n in done.items())}")
    print(f"{faults.total()} with a fault, {len(faults)} different ones")
    for what, count in faults.most_common():
        print(f"{count:>6}  {what}")
    return int(bool(faults))


def _try(
    numbers: range,
    kinds: list[str],
    folder: Path,
    arguments: argparse.Namespace,
    done: Counter[str],
    faults: Counter[str],
) -> None:
    """Tries the inputs of these numbers, counts them, and tells of their faults."""
    random = Random(f"{arguments.seed}/{numbers.start}")
    rendered, fixed = random.randrange(RENDERED) == 0, random.randrange(FIXED) == 0
    made = [_made(number, kinds, arguments.seed) for number in numbers]
    alone = suspects([tried for _, tried in made], rendered=rendered, fixed=fixed)
    for at, (number, (kind, tried)) in enumerate(zip(numbers, made, strict=True)):
        done[kind] += 1
        fault = _fault(tried, folder, thorough=rendered or fixed) if at in alone else ""
        if fault:
            what = f"{kind}: {_alike(fault)}"
            faults[what] += 1
            if faults[what] == 1:
                _tell(what, fault, tried, number, arguments)


def _made(number: int, kinds: list[str], seed: int) -> tuple[str, Input]:
    kind = kinds[number % len(kinds)]
    return kind, MAKERS[kind](Random(f"{seed}/{number}"))


def _fault(tried: Input, folder: Path, *, thorough: bool) -> str:
    """What is wrong with an input that is tried alone."""
    outcome = outcome_of(tried, folder, thorough=thorough)
    if outcome.fault or outcome.seconds <= SLOW or _is_quick_again(tried, folder):
        return outcome.fault
    return f"slow: more than {SLOW} s for {len(tried.data)} bytes"


def _memory() -> int:
    """The most that this process has taken, in megabytes (getrusage(2) counts kilobytes)."""
    return getrusage(RUSAGE_SELF).ru_maxrss // 1024


def _part(text: str) -> tuple[int, int]:
    number, _, parts = text.partition("/")
    if not 1 <= int(number) <= int(parts):
        raise ValueError(text)
    return int(number), int(parts)


def _growth(count: int, seed: int, part: tuple[int, int], *, progress: bool) -> int:
    number = too_fast = 0
    for case in islice(cases(count, seed), part[0] - 1, None, part[1]):
        number += 1
        if progress and number % 1000 == 0:
            print(f"… {number} cases, {too_fast} of which grow too fast", flush=True)
        told = grows_too_fast(case)
        if told is not None:
            too_fast += 1
            print(f"{case.what}: {told}", flush=True)
    print(f"{number} cases with seed {seed}, {too_fast} of which grow too fast")
    return int(too_fast > 0)


def _is_quick_again(tried: Input, folder: Path) -> bool:
    """True where it takes less once more: what was read for the first time does not count."""
    return outcome_of(tried, folder, thorough=False).seconds <= SLOW


def _alike(fault: str) -> str:
    """A fault without what differs from input to input, for counting."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\d+", "…", fault)[:160]


def _tell(what: str, fault: str, tried: Input, number: int, arguments: argparse.Namespace) -> None:
    print(f"--- input {number}, {what}\n    {fault[:300]!r}\n    {tried.name}: {tried.data[:200]!r}", flush=True)
    if arguments.keep is not None:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        (arguments.keep / f"{arguments.seed}-{number}-{tried.name.replace('/', '-')}").write_bytes(tried.data)


if __name__ == "__main__":
    raise SystemExit(main())
