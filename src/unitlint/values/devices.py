"""A block device, or a path on one, and what it may do (load-fragment.c: config_parse_io_limit and its like)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.syntax.lines import WHITESPACE
from unitlint.values.faults import UNREADABLE, expanded, ignored, path_problem, whole
from unitlint.values.numbers import UINT_MAX, parse_integer, read_between
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import ValueFault, out_of_range
from unitlint.values.size import cgroup_v1, read_size
from unitlint.values.specifiers import BAD_SPECIFIER, FULL, expand
from unitlint.values.timespan import reader
from unitlint.values.words import UNQUOTE, Word, first_word, read_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def io_limit(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_io_limit: bytes or operations a second (K is 1000), or ``infinity``."""
    return _device_and(text, context, lambda value: None if value == "infinity" else _rate(value))


def io_device_weight(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_io_device_weight."""
    return _device_and(text, context, lambda value: read_between(value, 1, 10000, release=context.release))


def io_device_latency(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_io_device_latency."""
    return _device_and(text, context, reader(context.release))


def block_io_bandwidth(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_blockio_bandwidth: the setting of cgroup v1."""
    return _device_and(text, context, _rate) or cgroup_v1(text, context, "IOReadBandwidthMax= or the like")


def block_io_device_weight(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_blockio_device_weight: the setting of cgroup v1."""
    found = _device_and(text, context, lambda value: read_between(value, 10, 1000, release=context.release))
    return found or cgroup_v1(text, context, "IODeviceWeight=")


def _rate(text: str) -> None:
    if read_size(text, 1000) == 0:
        raise out_of_range("the limit must be above 0")


def _device_and(text: str, context: ValueContext, read: Callable[[str], object]) -> list[ValueProblem]:
    if not text:
        return []
    device, at, failure = first_word(text, 0, flags=UNQUOTE)
    if device is None or failure is not None:
        return [ignored(whole(text), UNREADABLE)]
    if at is None:
        return [ignored(whole(text), "expected a device or path, a space and a value, such as /dev/sda 100")]
    problem = _path_problem(device, context)
    if problem is not None:
        return [problem]
    try:
        read(text[at:])
    except ValueFault as fault:
        return [ignored(Word(text[at:], at, len(text)), fault.reason, fault.kind, fault.suggestion)]
    return []


def _path_problem(device: Word, context: ValueContext) -> ValueProblem | None:
    """A path need not be absolute here (path_simplify_and_warn without a flag)."""
    path = expand(device.text, context, FULL)
    if path is None:
        return ignored(device, BAD_SPECIFIER, "bad-specifier")
    if not path:
        return ignored(device, "the path is empty")
    return path_problem(device, path if path.startswith("/") else "/below/" + path, context)


_GROUPS = ("block-", "char-")


def device_allow(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A device node or a group such as char-pts, and the rights r, w and m."""
    if not text:
        return []
    word, at, _ = first_word(text, 0, flags=UNQUOTE)
    if word is None:
        return [ignored(whole(text), UNREADABLE)]
    problems: list[ValueProblem] = []
    node = expanded(word, context, problems)
    if node is None:
        return problems
    if not node.startswith(_GROUPS):
        problem = _node_problem(word, node, context)
        if problem is not None:
            return [problem]
    rights = "" if at is None else text[at:]
    if any(char not in "rwm" for char in rights):
        start = len(text) - len(rights)
        reason = "expected access rights made of r, w and m, such as rw"
        cleaned = "".join(char for char in "rwm" if char in rights.lower())
        return [ignored(Word(rights, start, len(text)), reason, suggestion=cleaned or None)]
    return []


def _node_problem(word: Word, node: str, context: ValueContext) -> ValueProblem | None:
    if not node or node.startswith("/"):
        problem = path_problem(word, node, context) if node else None
        if problem is not None:
            return problem
    parts = [part for part in node.split("/") if part not in ("", ".", "..")]
    if node.startswith("/") and (parts[:1] == ["dev"] or parts[:3] == ["run", "systemd", "inaccessible"]):
        return None
    reason = "expected a path below /dev, or a group such as char-pts or block-sd"
    return ignored(word, reason, suggestion=_absolute(node))


def _absolute(node: str) -> str | None:
    return "/" + node if node.startswith("dev/") else None


MOST = 8192
FEWER, COUNTS_FEWER = 1024, (240, 241, 242)
"""As many CPUs as the C library's sets hold, and the releases that count no further."""
WRAPS_UNTIL = 257
_ALL_NODES_SINCE = 247
_OF_NODES_SINCE = 245
_OF_NODES_BACKPORTED = (239,)
SPECIFIERS_SINCE, SPECIFIERS_BACKPORTED = 254, (252,)
"""Specifiers in sets of CPUs; Debian's 252 has them as well."""
AFFINITY_SPECIFIERS_SINCE = 248
NODE_SPECIFIERS_SINCE = 258
REFUSED_UNTIL = 248
"""Until then a bad CPUAffinity= refused the unit."""

_BACKWARDS = "the range ends before it begins"
"""systemd passes over such a range, but never refuses the unit for it."""


def cpu_set(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_cpu_set and its predecessors."""
    has_specifiers = context.release >= SPECIFIERS_SINCE or context.release in SPECIFIERS_BACKPORTED
    return _set(text, context, specifiers=has_specifiers)


def cpu_affinity(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_cpu_affinity: a set, or ``numa``."""
    if text == "numa" and (context.release >= _OF_NODES_SINCE or context.release in _OF_NODES_BACKPORTED):
        return ()
    problems = _set(text, context, specifiers=context.release >= AFFINITY_SPECIFIERS_SINCE)
    if context.release < REFUSED_UNTIL:
        return [one if one.reason == _BACKWARDS else one._replace(effect="refused") for one in problems]
    return problems


def numa_mask(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_numa_mask: a set of nodes, or ``all``."""
    if text == "all" and context.release >= _ALL_NODES_SINCE:
        return ()
    return _set(text, context, specifiers=context.release >= NODE_SPECIFIERS_SINCE)


def _set(text: str, context: ValueContext, *, specifiers: bool) -> list[ValueProblem]:
    if specifiers and "%" in text:
        expanded = expand(text, context, FULL)
        if expanded is None:
            return [ValueProblem("ignored", 0, len(text), BAD_SPECIFIER, "bad-specifier")]
        if expanded != text:
            return [one._replace(start=0, end=len(text)) for one in _set(expanded, context, specifiers=False)]
    words, failure = read_words(text, WHITESPACE + ",", UNQUOTE)
    if failure is not None:
        return [ValueProblem("ignored", failure.at, len(text), UNREADABLE)]
    for word in words:
        problem = _range_problem(word, context)
        if problem is not None:
            return [problem]
    return []


def _range_problem(word: Word, context: ValueContext) -> ValueProblem | None:
    first, dash, last = word.text.partition("-")
    low = parse_integer(first, release=context.release)
    high = parse_integer(last, release=context.release) if dash else low
    if low is None or high is None or low < 0 or high < 0:
        return ignored(word, "expected numbers and ranges such as 0-3 5")
    if low == high == UINT_MAX and context.release <= WRAPS_UNTIL:
        return None  # one more than it is 0: systemd reserves nothing and takes it
    most = FEWER if context.release in COUNTS_FEWER and context.directive == "CPUAffinity" else MOST
    if max(low, high) >= most:
        return ignored(word, f"numbers go up to {most - 1}", "out-of-range")
    if low > high:
        return ignored(word, _BACKWARDS, suggestion=f"{last}-{first}")
    return None
