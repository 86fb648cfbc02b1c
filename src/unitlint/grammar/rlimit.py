"""Resource limits: VALUE or SOFT:HARD (rlimit-util.c: rlimit_parse)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import ignored, whole
from unitlint.grammar.integer import UINT64_MAX
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer
from unitlint.grammar.scalar import judge
from unitlint.grammar.size import INFINITY, parse_size, read_size
from unitlint.grammar.timespan import parse_timespan
from unitlint.grammar.words import DONT_COALESCE_SEPARATORS, read_words

_BYTES = frozenset(("AS", "CORE", "DATA", "FSIZE", "MEMLOCK", "MSGQUEUE", "RSS", "STACK"))


def rlimit(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_rlimit: what a value counts depends on the limit; a soft one may not exceed the hard one."""
    name = context.directive.removeprefix("Default").removeprefix("Limit")
    parts, failure = read_words(text, ":", DONT_COALESCE_SEPARATORS)
    if failure is not None or len(parts) > 2:
        return (ignored(whole(text), "it is no limit of this kind: VALUE or SOFT:HARD"),)
    soft_text, colon, hard_text = parts[0].text, len(parts) > 1, parts[-1].text
    soft = parse_one(soft_text, name)
    hard = parse_one(hard_text, name) if colon else soft
    if soft is None or hard is None:
        if name in _BYTES and not colon and text != str(INFINITY):
            return judge(text, context, read_size, empty=False)
        return (ignored(whole(text), "it is no limit of this kind: VALUE or SOFT:HARD"),)
    if soft > hard:
        return (
            ignored(whole(text), "the soft limit is above the hard one", "out-of-range", f"{hard_text}:{hard_text}"),
        )
    return ()


def parse_one(text: str, name: str) -> int | None:
    """One limit in bytes, seconds, microseconds or plain; INFINITY for ``infinity``."""
    if text == "infinity" and name != "NICE":
        return INFINITY
    if name in _BYTES:
        size = parse_size(text)
        return None if size == INFINITY else size
    if name == "CPU":
        usec = parse_timespan(text)
        return None if usec is None else usec if usec == INFINITY else -(-usec // 1_000_000)
    if name == "RTTIME":
        return parse_timespan(text, 1)
    if name == "NICE":
        return _nice(text)
    number = parse_integer(text)
    return number if number is not None and 0 <= number < UINT64_MAX else None


def _nice(text: str) -> int | None:
    """With a sign a nice level (+19 to -20), without one the kernel's own 0 to 40."""
    number = parse_integer(text[1:] if text[:1] in ("+", "-") else text)
    if number is None or number < 0:
        return None
    if text[0] == "+":
        return 20 - number if number < 20 else None
    if text[0] == "-":
        return 20 + number if number <= 20 else None
    return number if number <= 40 else None
