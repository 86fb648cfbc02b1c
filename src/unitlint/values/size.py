"""Sizes in bytes (parse-util.c: parse_size)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import NEWEST
from unitlint.syntax.lines import WHITESPACE
from unitlint.values.faults import ignored, warned, whole
from unitlint.values.numbers import LONG_MAX, UINT64_MAX, in_range, near_percentage, parse_integer, parse_permyriad
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import ValueFault, end_of_digits, judge, leading_number, near_infinity, out_of_range
from unitlint.values.timespan import parse_timespan
from unitlint.values.words import DONT_COALESCE_SEPARATORS, read_words

CGROUP_LIMIT_MAX = 2**64 - 1
_SUFFIXES = ("E", "P", "T", "G", "M", "K", "B", "")
_NEAR = late_pattern(r"(?i)([0-9]+(?:\.[0-9]+)?)\s*([KMGTPE])(?:iB?|B|ytes?)?")
_BYTES = late_pattern(r"(?i)([0-9]+)\s*(?:bytes?|b)")
REASON = "expected a size such as 512M or 1.5G (K, M, G, T, P or E, without B)"


def read_size(text: str, base: int = 1024) -> int:
    """Bytes; raises Fault.

    Several parts may follow one another in falling order, such as ``1G 512M``.
    """
    if not text:
        raise ValueFault(REASON)
    total, at, first = 0, 0, 0
    while at < len(text):
        number, after, rest = _number(text, at)
        if not number:
            raise ValueFault(REASON, suggestion=_near(text))
        if number.startswith("-"):
            raise out_of_range("a size must not be negative")
        if int(number) > CGROUP_LIMIT_MAX:
            raise out_of_range("the size is too large")
        index = next((i for i in range(first, len(_SUFFIXES)) if text.startswith(_SUFFIXES[i], rest)), None)
        if index is None:
            raise ValueFault(REASON, suggestion=_near(text))
        factor = base ** max(6 - index, 0)
        if int(number) + bool(after and int(after)) > CGROUP_LIMIT_MAX // factor:
            raise out_of_range("the size is too large")
        fraction = int(after) * factor // 10 ** len(after) if after else 0
        total += int(number) * factor + fraction
        if total > CGROUP_LIMIT_MAX:
            raise out_of_range("the size is too large")
        at = rest + len(_SUFFIXES[index])
        first = index + 1
    return total


def _number(text: str, at: int) -> tuple[str, str, int]:
    """A number, the digits behind its point, and where the suffix stands."""
    number, end = leading_number(text, at)
    after = ""
    if number and text[end : end + 1] == ".":
        start, end = end + 1, end_of_digits(text, end + 1)
        after = text[start : min(end, start + _MOST_DIGITS)]
    while end < len(text) and text[end] in WHITESPACE:
        end += 1
    return number, after, end


_MOST_DIGITS = 40
"""So many digits behind the point are read."""


def _near(text: str) -> str | None:
    found = _NEAR.fullmatch(text)
    if found:
        return found[1] + found[2].upper()
    found = _BYTES.fullmatch(text)
    return found[1] if found else None


def parse_size(text: str, base: int = 1024) -> int | None:
    """Bytes; CGROUP_LIMIT_MAX for ``infinity``; None where systemd reads no size."""
    if text == "infinity":
        return CGROUP_LIMIT_MAX
    try:
        size = read_size(text, base)
    except ValueFault:
        return None
    return size if size < CGROUP_LIMIT_MAX else None


def iec_size(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_iec_size, config_parse_iec_uint64: powers of 1024."""
    return judge(text, context, read_size, empty=False)


def iec_size_long(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_iec_size_long: what fits into a signed number."""

    def read(value: str) -> int:
        size = read_size(value)
        if size > LONG_MAX:
            raise out_of_range("the size is too large")
        return size

    return judge(text, context, read, empty=False)


def iec_size_or_infinity(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_iec_uint64_infinity."""
    return () if text == "infinity" else judge(text, context, read_size, empty=False)


def iec_size_or_nothing(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """Sizes that an empty value resets."""
    return judge(text, context, read_size, empty=True)


_MAY_BE_ZERO = frozenset(
    f"{startup}{name}"
    for startup in ("", "Startup", "Default", "DefaultStartup")
    for name in ("MemoryMin", "MemoryLow", "MemorySwapMax", "MemoryZSwapMax")
) - {"DefaultStartupMemoryLow"}
_NEVER_ZERO = (240, 241, 242)
"""The releases in which only MemorySwapMax= may be 0; it was lifted in 243, and in the 239 of RHEL 8."""
COMPLAINS_SINCE = 252
"""From this release to 257 systemd speaks of every use of some settings of cgroup v1."""


_MEMORY = "expected a size such as 512M (no B), a percentage up to 100%, or infinity"


def memory_limit(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_memory_limit: a size, a percentage or ``infinity``; 0 only where it means something."""
    problem = _memory_problem(text, context)
    if problem is not None:
        return (problem,)
    return cgroup_v1(text, context, "MemoryMax=") if context.directive == "MemoryLimit" else ()


def _memory_problem(text: str, context: ValueContext) -> ValueProblem | None:
    if not text or text == "infinity":
        return None
    parts = parse_permyriad(text, context.release)
    number = parse_size(text) if parts is None else parts if parts <= 10000 else None
    if number is None and parts is not None:
        return ignored(whole(text), "a percentage goes up to 100%", "out-of-range")
    if number is None:
        problem = next(iter(judge(text, context, read_size)), ignored(whole(text), REASON, "out-of-range"))
        suggestion = problem.suggestion or near_infinity(text) or near_percentage(text, context.release)
        reason = _MEMORY if problem.reason == REASON else problem.reason
        return problem._replace(reason=reason, suggestion=suggestion)
    may_be_zero = context.directive in _MAY_BE_ZERO and (
        context.release not in _NEVER_ZERO or context.directive == "MemorySwapMax"
    )
    if number == 0 and not may_be_zero:
        return ignored(whole(text), "the limit must be above 0", "out-of-range")
    return None


_NO_TASKS_UNTIL = 243
_TASKS = "expected a count such as 4096, a percentage up to 100% (the % sign is written once), or infinity"


def tasks_max(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_tasks_max: a number above 0, a percentage or ``infinity``."""
    if not text or text == "infinity":
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is not None:
        if not parts and context.release <= _NO_TASKS_UNTIL:
            return (ignored(whole(text), "0 tasks are none at all", "out-of-range"),)
        return () if parts <= 10000 else (ignored(whole(text), "a percentage goes up to 100%", "out-of-range"),)
    number = parse_integer(text, release=context.release)
    if number == 0:
        return (ignored(whole(text), "the limit must be above 0", "out-of-range"),)
    if number is None:
        suggestion = near_infinity(text) or near_percentage(text, context.release)
        return (ignored(whole(text), _TASKS, suggestion=suggestion),)
    if number < 0:
        return (ignored(whole(text), "the limit must be above 0; infinity means no limit", "out-of-range"),)
    return in_range(text, 1, CGROUP_LIMIT_MAX - 1, context.release)


def cpu_shares(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_cpu_shares."""
    return in_range(text, 2, 262144, context.release, empty=True) or cgroup_v1(text, context, "CPUWeight=")


def block_io_weight(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_blockio_weight."""
    return in_range(text, 10, 1000, context.release, empty=True)


def cgroup_v1(text: str, context: ValueContext, instead: str) -> Iterable[ValueProblem]:
    """The warning that some settings of cgroup v1 bring whatever their value."""
    if context.release < COMPLAINS_SINCE:
        return ()
    problem = warned(whole(text), f"it is a cgroup v1 setting; {instead} replaces it", "deprecated-directive")
    return (problem._replace(help=f"Write {instead} instead; its values may have a different scale."),)


_LIMIT = "expected a limit such as 65536 (without K or M), infinity, or SOFT:HARD"
_LIMIT_IN_BYTES = "expected a size such as 512M (no B), infinity, or SOFT:HARD"
_IN_BYTES = frozenset(("AS", "CORE", "DATA", "FSIZE", "MEMLOCK", "MSGQUEUE", "RSS", "STACK"))


def rlimit(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_rlimit: what a value counts depends on the limit; a soft one may not exceed the hard one."""
    name = context.directive.removeprefix("Default").removeprefix("Limit")
    parts, failure = read_words(text, ":", DONT_COALESCE_SEPARATORS)
    if len(parts) == 3 and not parts[2].text:
        del parts[2]  # systemd takes one colon more at the end
    if failure is not None or len(parts) > 2:
        return (ignored(whole(text), _LIMIT),)
    soft_text, colon, hard_text = parts[0].text, len(parts) > 1, parts[-1].text
    soft = parse_one(soft_text, name, context.release)
    hard = parse_one(hard_text, name, context.release) if colon else soft
    if soft is None or hard is None:
        return (_no_limit(text, name, context, colon=colon),)
    if soft > hard:
        return (
            ignored(whole(text), "write the soft limit first; it must not be above the hard limit", "out-of-range"),
        )
    return ()


def _no_limit(text: str, name: str, context: ValueContext, *, colon: bool) -> ValueProblem:
    if name in _IN_BYTES and not colon and text != str(CGROUP_LIMIT_MAX):
        problem = next(iter(judge(text, context, read_size, empty=False)))
        if problem.reason == REASON:
            problem = problem._replace(reason=_LIMIT_IN_BYTES)
        return problem._replace(suggestion=problem.suggestion or near_infinity(text))
    suggestion = None if name == "NICE" else ":".join(near_infinity(part) or part for part in text.split(":"))
    return ignored(whole(text), _LIMIT, suggestion=None if suggestion == text else suggestion)


def parse_one(text: str, name: str, release: int = NEWEST) -> int | None:
    """One limit in bytes, seconds, microseconds or plain; CGROUP_LIMIT_MAX for ``infinity``."""
    if text == "infinity" and name != "NICE":
        return CGROUP_LIMIT_MAX
    if name in _IN_BYTES:
        size = parse_size(text)
        return None if size == CGROUP_LIMIT_MAX else size
    if name == "CPU":
        usec = parse_timespan(text, release=release)
        return None if usec is None else usec if usec == CGROUP_LIMIT_MAX else -(-usec // 1_000_000)
    if name == "RTTIME":
        return parse_timespan(text, 1, release)
    if name == "NICE":
        return _nice(text, release)
    number = parse_integer(text, release=release)
    return number if number is not None and 0 <= number < UINT64_MAX else None


def _nice(text: str, release: int) -> int | None:
    """With a sign a nice level (+19 to -20), without one the kernel's own 0 to 40."""
    number = parse_integer(text[1:] if text[:1] in ("+", "-") else text, release=release)
    if number is None or number < 0:
        return None
    if text[0] == "+":
        return 20 - number if number < 20 else None
    if text[0] == "-":
        return 20 + number if number <= 20 else None
    return number if number <= 40 else None
