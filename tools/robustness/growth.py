"""Which values take longer than their size: every directive with every shape, at two sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import log
from random import Random
from time import process_time
from typing import NamedTuple

from tools.robustness.inputs import Input
from tools.robustness.sweep import SHAPES, Place, Shape, places
from tools.robustness.trial import check
from tools.robustness.whole_files import WHOLE_FILES, WholeFile
from unitlint.files.gather import sources_of

SMALL, LARGE = 4096, 65_536
LEAST = 0.02
"""Seconds of CPU below which a reading is mostly noise."""
MOST_EXPONENT = 1.15
MOST_SECONDS = 1.0
QUICK_SIZE, QUICK = 16_384, 0.03
"""What takes no longer for a quarter of the size is within the bounds, unless it grows with the third power."""


class Case(NamedTuple):
    """What is repeated, and the file with so much of it."""

    what: str
    of_size: Callable[[int], Input]


def cases(count: int, seed: int) -> Iterator[Case]:
    """What is repeated, small and large: all whole files, then directives and shapes in random order.

    Each directive comes with the first section that has it before any comes with another one.
    """
    for what, file in WHOLE_FILES.items():
        yield Case(what, partial(_whole_file, file))
    first: dict[str, Place] = {}
    pairs = [(place, shape) for place in places() for shape in SHAPES]
    for place, _ in pairs:
        first.setdefault(place.directive, place)
    Random(seed).shuffle(pairs)
    pairs.sort(key=lambda pair: first[pair[0].directive] != pair[0])
    for place, shape in pairs[: count or None]:
        yield Case(f"{place.file} {place.section}.{place.directive}: {shape}", partial(_value, place, SHAPES[shape]))


def _whole_file(file: WholeFile, size: int) -> Input:
    return Input("unit", file.name, _encoded(file.text(size)))


def _value(place: Place, shape: Shape, size: int) -> Input:
    return Input("unit", place.file, _encoded(place.text(shape(place, size))))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def grows_too_fast(case: Case) -> str | None:
    """How fast, where it does so each of three times."""
    part = case.of_size(QUICK_SIZE)
    if _seconds(part) <= QUICK or _seconds(part) <= QUICK:  # what else runs may have slowed the first one down
        return None
    small, large = case.of_size(SMALL), case.of_size(LARGE)
    if _seconds(large) <= min(MOST_SECONDS, LEAST * (LARGE / SMALL) ** MOST_EXPONENT):  # whatever the small one takes
        return None
    least = _seconds(small), _seconds(large)
    for _ in range(2):
        if _verdict(*least) is not None:
            least = min(least[0], _seconds(small)), min(least[1], _seconds(large))
    return _verdict(*least)


def _verdict(small: float, large: float) -> str | None:
    exponent = log(large / max(small, LEAST)) / log(LARGE / SMALL) if large > 0 else 0
    if exponent <= MOST_EXPONENT and large <= MOST_SECONDS:
        return None
    return f"{small:.3f} s for {SMALL} bytes, {large:.3f} s for {LARGE}: exponent {exponent:.2f}"


def _seconds(tried: Input) -> float:
    began = process_time()
    check(sources_of(tried.data, tried.name))
    return process_time() - began
