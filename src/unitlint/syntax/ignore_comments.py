"""Comments in unit files that suppress findings: ``# unitlint: ignore[UL301] reason``."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.syntax.lines import MARK, WHITESPACE
from unitlint.syntax.reader import read

_COMMENT = late_pattern(r"[ \t]*[#;][ \t]*(unitlint:[ \t]*ignore[ \t]*(?:\[([^\]]*)\])?)")


class Ignore(NamedTuple):
    """One comment: where its words stand, the selectors it names, and the lines that it counts for.

    ``in_head`` tells that it stands before the first section.
    """

    line: int
    column: int
    end_column: int
    selectors: tuple[str, ...]
    first: int
    last: int
    in_head: bool = False
    reason: str = ""

    def covers(self, line: int) -> bool:
        """True for the lines that it counts for."""
        return self.first <= line <= self.last


def ignores_in(text: str) -> list[Ignore]:
    """The comments of a file, in order."""
    document = read(text, "")
    lines = [line.rstrip("\r\n\0") for line in document.lines]
    ends = _ends_below(lines, document.continuations)
    found = []
    head = head_of(lines)
    for number, line in enumerate(lines, 1):
        in_head = number < head
        match = _COMMENT.match(line) if MARK in line else None
        if match is not None:
            selectors = tuple(filter(None, (one.strip() for one in (match[2] or "").split(","))))
            first, last = (1, len(lines)) if in_head else (number + 1, ends[number])
            reason = line[match.end() :].strip()
            found.append(Ignore(number, match.start(1) + 1, match.end(1) + 1, selectors, first, last, in_head, reason))
    return found


def head_of(lines: Iterable[str]) -> int:
    """The number of the first section's line, above which a comment counts for the whole file."""
    number = 0
    for number, line in enumerate(lines, 1):
        if line.removeprefix("\ufeff").lstrip(WHITESPACE).startswith("["):
            return number
    return number + 1


def _ends_below(lines: list[str], continuations: Iterable[tuple[int, int]]) -> list[int]:
    """For each line, where the logical line below it ends, comments and empty lines in between left out."""
    end_of = {line: last for first, last in continuations for line in range(first, last + 1)}
    ends = [len(lines) + 1] * (len(lines) + 1)
    for number in range(len(lines), 0, -1):
        ends[number - 1] = ends[number] if _is_passed(lines[number - 1]) else end_of.get(number, number)
    return ends


def _is_passed(line: str) -> bool:
    stripped = line.strip(WHITESPACE)
    return not stripped or stripped[0] in "#;"
