"""Limits of memory, tasks and block devices (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.expand import FULL, expand
from unitlint.grammar.faults import BAD_SPECIFIER, ignored, warned, whole
from unitlint.grammar.percent import parse_permyriad
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import in_range, parse_integer
from unitlint.grammar.scalar import judge
from unitlint.grammar.size import INFINITY, parse_size, read_size
from unitlint.grammar.timespan import parse_timespan
from unitlint.grammar.words import UNQUOTE, Word, read_words

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
    if number is None:
        return next(
            iter(judge(text, context, read_size)), ignored(whole(text), "a percentage ends at 100%", "out-of-range")
        )
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
            whole(text), f"this is a setting of cgroup v1, which is on its way out; use {instead}", "deprecated-value"
        ),
    )


def io_limit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_io_limit: a device or path, and a rate (base 1000) or ``infinity``."""
    return _device_and(text, context, _rate)


def io_device_weight(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_io_device_weight: a device or path, and a weight."""
    return _device_and(text, context, lambda word: bool(in_range(word, 1, 10000)))


def io_device_latency(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_io_device_latency: a device or path, and a time."""
    return _device_and(text, context, lambda word: parse_timespan(word) is None)


def block_io_bandwidth(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_blockio_bandwidth."""
    return _device_and(text, context, _rate) or cgroup_v1(text, context, "IOReadBandwidthMax= and its like")


def block_io_device_weight(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_blockio_device_weight."""
    found = _device_and(text, context, lambda word: not 10 <= (parse_integer(word) or 0) <= 1000)
    return found or cgroup_v1(text, context, "IODeviceWeight=")


def _rate(word: str) -> bool:
    return word != "infinity" and not parse_size(word, 1000)


def _device_and(text: str, context: Context, is_wrong: Wrong) -> Iterable[Problem]:
    if not text:
        return ()
    words, failure = read_words(text, flags=UNQUOTE)
    if failure is not None and not words:
        return (ignored(whole(text), "it cannot be split into a device and a value"),)
    device = words[0]
    rest = _after(text, device)
    if not rest.text:
        return (ignored(whole(text), "it needs a device, a blank and a value"),)
    if expand(device.text, context, FULL) is None:
        return (ignored(device, BAD_SPECIFIER, "bad-specifier"),)
    if is_wrong(rest.text):
        return (ignored(rest, "this is no value for the device"),)
    return ()


def _after(text: str, word: Word) -> Word:
    rest = text[word.end :]
    start = word.end + len(rest) - len(rest.lstrip())
    return Word(text[start:], start, len(text))


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Wrong = Callable[[str], bool]
