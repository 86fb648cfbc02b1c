"""Which values take longer than their size: every directive with every shape, at two sizes."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from random import Random
from time import process_time

from tools.robustness.inputs import Input
from tools.robustness.sweep import SHAPES, places
from tools.robustness.whole_files import WHOLE_FILES
from unitlint import check_text

SMALL, LARGE = 4096, 65_536
LEAST = 0.02
"""Seconds of CPU below which a reading is mostly noise."""
MOST_EXPONENT = 1.15
MOST_SECONDS = 1.0
Case = tuple[str, Input, Input]


def cases(count: int, seed: int) -> Iterator[Case]:
    """What is repeated, small and large: all whole files, then directives and shapes in random order."""
    for what, file in WHOLE_FILES.items():
        small, large = (Input("unit", file.name, _encoded(file.text(size))) for size in (SMALL, LARGE))
        yield what, small, large
    pairs = [(place, shape) for place in places() for shape in SHAPES]
    Random(seed).shuffle(pairs)
    for place, shape in pairs[: count or None]:
        texts = (place.text(SHAPES[shape](place, size)) for size in (SMALL, LARGE))
        small, large = (Input("unit", place.file, _encoded(text)) for text in texts)
        yield f"{place.file} {place.section}.{place.directive}: {shape}", small, large


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def grows_too_fast(case: Case) -> str | None:
    """How fast, where it does so each of three times."""
    _, small, large = case
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
    check_text(tried.data, tried.name, profile="strict", select=["ALL"])
    return process_time() - began
