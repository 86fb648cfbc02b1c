"""Patterns in git's form (gitignore(5)), matched in a time that grows with the length of a path and no faster than its
square, whatever the pattern.

pathspec makes a regular expression of each pattern, and Python's engine tries every way to divide a name among the
stars of ``*a*a*a*a*b``. A star need not be tried again once what stands behind it was found, so that each but the last
becomes a group that is never entered twice; Python 3.10 has no atomic groups, but look-ahead and a back-reference.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator

from unitlint.base.errors import UnitlintError
from unitlint.base.late_patterns import late_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pathspec import GitIgnoreSpec

MOST_STARS = 2
"""More of them in one pattern, and its regular expression is rewritten."""
_STAR, _FOLDERS, _ABOVE = "[^/]*", "(?:/.+)?/", "^(?:.+/)?"
_FIXED = late_pattern(r"(?:\\.|\[[^\]]+\]|[^\\\[\](){}*+?|^$.])+")
"""A part of such an expression that matches a fixed number of characters."""


def git_spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    """The patterns, of which the last that fits a path decides; raises UnitlintError for what is none."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec(list(_read(patterns, skip=False)))


def git_spec_of_file(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns of a .gitignore file; a line that is none, such as ``!``, matches nothing, as in git."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec(list(_read(lines, skip=True)))


def _read(lines: Iterable[str], *, skip: bool) -> Iterator[Any]:
    from pathspec import GitIgnoreSpec

    for line in lines:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)  # of `[[:alpha:]]`, which pathspec reads as a plain set
                read = list(GitIgnoreSpec.from_lines([line]).patterns)
        except (ValueError, OverflowError, RecursionError) as error:
            if not skip:
                raise UnitlintError(f"a pattern is not one of .gitignore's: {error}") from None
            continue
        for pattern in read:
            yield pattern if line.count("*") <= MOST_STARS else _bounded(pattern)


def _bounded(pattern: Any) -> Any:
    """The same pattern, whose expression does not try a star twice."""
    if pattern.regex is None:
        return pattern
    return type(pattern)(re.compile(bounded_expression(pattern.regex.pattern)), pattern.include)


def bounded_expression(expression: str) -> str:
    """An expression that pathspec has made of a pattern, with each star but the last in a group of its own."""
    groups = 0

    def once(body: str) -> str:
        nonlocal groups
        groups += 1
        return f"(?=(?P<once{groups}>{body}))(?P=once{groups})"

    def stars(part: str) -> str:
        first, *others = re.sub(r"(?:\[\^/\]\*)+", _STAR, part).split(_STAR)
        last = others.pop() if others else None
        middle = [once(f"[^/]*?{piece}") if _FIXED.fullmatch(piece) else f"{_STAR}{piece}" for piece in others]
        return "".join([first, *middle]) + ("" if last is None else f"{_STAR}{last}")

    first, *others = expression.split(_FOLDERS)
    if not others:
        return stars(first)
    last = others.pop()
    below = first.removeprefix(_ABOVE)
    first = stars(first) if below == first else "^" + once(f"(?:.+?/)??{stars(below)}(?=/)")
    return "".join([first, *[once(f"(?:/.+?)??/{stars(part)}(?=/)") for part in others]]) + _FOLDERS + stars(last)
