"""A block device, or a path on one, and what it may do (load-fragment.c: config_parse_io_limit and its like)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.expand import FULL, expand
from unitlint.grammar.faults import UNREADABLE, ignored, path_problem, whole
from unitlint.grammar.integer import read_between
from unitlint.grammar.printed_text import BAD_SPECIFIER
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.resource import cgroup_v1
from unitlint.grammar.scalar import Fault, out_of_range
from unitlint.grammar.size import read_size
from unitlint.grammar.timespan import read_timespan
from unitlint.grammar.words import UNQUOTE, Word, first_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def io_limit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_io_limit: bytes or operations a second (K is 1000), or ``infinity``."""
    return _device_and(text, context, lambda value: None if value == "infinity" else _rate(value))


def io_device_weight(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_io_device_weight."""
    return _device_and(text, context, lambda value: read_between(value, 1, 10000))


def io_device_latency(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_io_device_latency."""
    return _device_and(text, context, read_timespan)


def block_io_bandwidth(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_blockio_bandwidth: the setting of cgroup v1."""
    return _device_and(text, context, _rate) or cgroup_v1(text, context, "IOReadBandwidthMax= and its like")


def block_io_device_weight(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_blockio_device_weight: the setting of cgroup v1."""
    found = _device_and(text, context, lambda value: read_between(value, 10, 1000))
    return found or cgroup_v1(text, context, "IODeviceWeight=")


def _rate(text: str) -> None:
    if read_size(text, 1000) == 0:
        raise out_of_range("the limit must be above 0")


def _device_and(text: str, context: Context, read: Callable[[str], object]) -> list[Problem]:
    if not text:
        return []
    device, at, failure = first_word(text, 0, flags=UNQUOTE)
    if device is None or failure is not None:
        return [ignored(whole(text), UNREADABLE)]
    if at is None:
        return [ignored(whole(text), "a device or path comes first, and a value after a blank")]
    problem = _path_problem(device, context)
    if problem is not None:
        return [problem]
    try:
        read(text[at:])
    except Fault as fault:
        return [ignored(Word(text[at:], at, len(text)), fault.reason, fault.kind, fault.suggestion)]
    return []


def _path_problem(device: Word, context: Context) -> Problem | None:
    """A path need not be absolute here (path_simplify_and_warn without a flag)."""
    path = expand(device.text, context, FULL)
    if path is None:
        return ignored(device, BAD_SPECIFIER, "bad-specifier")
    if not path:
        return ignored(device, "the path is empty")
    return path_problem(device, path if path.startswith("/") else "/" + path, context)
