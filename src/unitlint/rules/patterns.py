"""Regular expressions of rule files: only those whose time is bounded on a short value are taken.

Python's engine backtracks, so ``(a+)+`` can run for years.  A pattern may hold at most two open repeats (``*``,
``+``, or a range wider than 16), nothing variable inside a repeat, no back-references, and few choices beside.  With
the matcher's cut of 500 characters that is a fraction of a second at the very worst.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OPEN_REPEATS = 2
WIDEST = 16
CHOICES = 1024


def fault(pattern: str) -> str | None:
    """Why ``pattern`` cannot be used; None where it can."""
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"not a regular expression: {error}"
    parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    try:
        open_repeats, choices = _cost(parser.parse(pattern))
    except _CostlyError as reason:
        return str(reason)
    if open_repeats > OPEN_REPEATS:
        return f"a regular expression with more than {OPEN_REPEATS} open repeats may take too long"
    return "a regular expression with so many choices may take too long" if choices > CHOICES else None


class _CostlyError(Exception):
    """The pattern may take very long."""


def _cost(parsed: Any) -> tuple[int, int]:
    """(open repeats, ways to match by choices and short repeats) of a parsed pattern."""
    open_repeats, choices = 0, 1
    for operator, argument in parsed:
        more, ways = _operator(str(operator), argument)
        open_repeats += more
        choices = min(choices * ways, CHOICES + 1)
    return open_repeats, choices


def _operator(name: str, argument: Any) -> tuple[int, int]:
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeat(*argument)
    if name == "SUBPATTERN":
        return _cost(argument[-1])
    if name == "BRANCH":
        costs = [_cost(one) for one in argument[1]]
        return max(one[0] for one in costs), sum(one[1] for one in costs)
    if name in ("ASSERT", "ASSERT_NOT"):
        return _cost(argument[1])
    if name in ("GROUPREF", "GROUPREF_EXISTS"):
        raise _CostlyError("a regular expression with a back-reference may take too long")
    if name == "ATOMIC_GROUP":
        return _cost(argument)
    return 0, 1


def _repeat(least: int, most: int, body: Any) -> tuple[int, int]:
    open_repeats, choices = _cost(body)
    if most > 1 and (open_repeats or choices > 1):
        raise _CostlyError("a regular expression with a repeat or a choice inside of a repeat may take too long")
    if least == most:
        return open_repeats, choices
    if most - least > WIDEST:
        return open_repeats + 1, choices
    return open_repeats, choices * (most - least + 1)
