"""Sets of processors and memory nodes: numbers and ranges (cpu-set-util.c: parse_cpu_set)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.expand import FULL, expand
from unitlint.grammar.faults import UNREADABLE, ignored
from unitlint.grammar.integer import UINT_MAX
from unitlint.grammar.printed_text import BAD_SPECIFIER
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer
from unitlint.grammar.words import UNQUOTE, WHITESPACE, Word, read_words

MOST = 8192
WRAPS_UNTIL = 257
SPECIFIERS_SINCE = 252
NODE_SPECIFIERS_SINCE = 258
REFUSED_UNTIL = 248
"""Until then a bad CPUAffinity= refused the unit."""


_BACKWARDS = "the range runs backwards"
"""systemd passes over such a range, but never refuses the unit for it."""


def cpu_set(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_unit_cpu_set and its predecessors."""
    return _set(text, context, specifiers=context.release >= SPECIFIERS_SINCE)


def cpu_affinity(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exec_cpu_affinity: a set, or ``numa``."""
    if text == "numa":
        return ()
    problems = _set(text, context, specifiers=context.release >= SPECIFIERS_SINCE)
    if context.release < REFUSED_UNTIL:
        return [one if one.reason == _BACKWARDS else one._replace(effect="refused") for one in problems]
    return problems


def numa_mask(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_numa_mask: a set of nodes, or ``all``."""
    if text == "all":
        return ()
    return _set(text, context, specifiers=context.release >= NODE_SPECIFIERS_SINCE)


def _set(text: str, context: Context, *, specifiers: bool) -> list[Problem]:
    if specifiers and "%" in text:
        expanded = expand(text, context, FULL)
        if expanded is None:
            return [Problem("ignored", 0, len(text), BAD_SPECIFIER, "bad-specifier")]
        if expanded != text:
            return [one._replace(start=0, end=len(text)) for one in _set(expanded, context, specifiers=False)]
    words, failure = read_words(text, WHITESPACE + ",", UNQUOTE)
    if failure is not None:
        return [Problem("ignored", failure.at, len(text), UNREADABLE)]
    for word in words:
        problem = _range_problem(word, context)
        if problem is not None:
            return [problem]
    return []


def _range_problem(word: Word, context: Context) -> Problem | None:
    first, dash, last = word.text.partition("-")
    low = parse_integer(first)
    high = parse_integer(last) if dash else low
    if low is None or high is None or low < 0 or high < 0:
        return ignored(word, "it is no number and no range such as 0-3")
    if low == high == UINT_MAX and context.release <= WRAPS_UNTIL:
        return None  # one more than it is 0: systemd reserves nothing and takes it
    if max(low, high) >= MOST:
        return ignored(word, f"the kernel counts no further than {MOST - 1}", "out-of-range")
    if low > high:
        return ignored(word, _BACKWARDS, suggestion=f"{last}-{first}")
    return None
