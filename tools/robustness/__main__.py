"""`python -m tools.robustness [--count 10000] [--seed 1] [--kind values …] [--keep DIR] [--growth]`.

Makes up inputs of every kind and looks for crashes, hangs, reports that cannot be rendered, a second --fix that changes
something, fixes that bring a refusal, and inputs that take more than half a second of CPU. The same seed makes the same
inputs; Ctrl-C ends it with the figures so far. Each fault is printed once with the number of inputs that have it; the
first input of each is kept in DIR.
With --growth it asks instead how much longer 64 KB take than 4 KB: of so many directives and shapes of values as COUNT
says (0 for all, which takes hours), those that take more than their size are printed.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tools.robustness.growth import cases, grows_too_fast
from tools.robustness.inputs import MAKERS, Input
from tools.robustness.trial import outcome_of

SLOW = 0.5
THOROUGH = 20
"""Of so many inputs one is rendered in all formats, and fixed."""


def main() -> int:
    """Tries the inputs; the exit status is 1 where one had a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=sorted(MAKERS), help="only these kinds")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that have a fault")
    parser.add_argument("--thorough", type=int, default=THOROUGH, help="render and fix one input of so many")
    parser.add_argument("--growth", action="store_true", help="sweep directives and shapes of values instead")
    arguments = parser.parse_args()
    if arguments.growth:
        return _growth(arguments.count, arguments.seed)
    kinds = arguments.kind or sorted(MAKERS)
    faults: Counter[str] = Counter()
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="robustness-") as folder:
        for number in range(arguments.count):
            try:
                _try(number, kinds, Path(folder), arguments, done, faults)
            except KeyboardInterrupt:
                break
    print(f"{done.total()} inputs with seed {arguments.seed}: {', '.join(f'{n} {kind}' for kind, n in done.items())}")
    print(f"{faults.total()} with a fault, {len(faults)} different ones")
    for what, count in faults.most_common():
        print(f"{count:>6}  {what}")
    return int(bool(faults))


def _try(
    number: int, kinds: list[str], folder: Path, arguments: argparse.Namespace, done: Counter[str], faults: Counter[str]
) -> None:
    """Tries the input of this number, counts it, and tells of its fault."""
    random = Random(f"{arguments.seed}/{number}")
    kind = kinds[number % len(kinds)]
    tried = MAKERS[kind](random)
    outcome = outcome_of(tried, folder, thorough=random.randrange(arguments.thorough) == 0)
    done[kind] += 1
    fault = outcome.fault
    if not fault and outcome.seconds > SLOW and not _is_quick_again(tried, folder):
        fault = f"slow: more than {SLOW} s for {len(tried.data)} bytes"
    if fault:
        what = f"{kind}: {_alike(fault)}"
        faults[what] += 1
        if faults[what] == 1:
            _tell(what, fault, tried, number, arguments)


def _growth(count: int, seed: int) -> int:
    number = too_fast = 0
    for case in cases(count, seed):
        number += 1
        told = grows_too_fast(case)
        if told is not None:
            too_fast += 1
            print(f"{case[0]}: {told}", flush=True)
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
