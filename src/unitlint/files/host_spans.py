"""Findings in units that stand in other files, moved to the line and column there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from unitlint.base.finding import Finding, Related, Span, Suppressed
from unitlint.base.records import NamedTuple
from unitlint.files.yaml_scalars import offsets
from unitlint.syntax.lines import split_lines


class Home(NamedTuple):
    """The scalar in which a unit stands: the file's path and text, where in it, its value and its YAML style."""

    path: str
    text: str
    start: int
    end: int
    value: str
    style: str


def brought_home(findings: Iterable[Finding], homes: Mapping[str, Home]) -> list[Finding]:
    """The findings as they are for people: those in made-up files (by whose paths ``homes`` go) stand in real ones.

    Fixes are dropped: they were made for the text of the unit, and YAML has indentation and escapes of its own.
    """
    return [_brought_home(one, homes) for one in findings]


def suppressed_at_home(suppressed: Iterable[Suppressed], homes: Mapping[str, Home]) -> tuple[Suppressed, ...]:
    """The same for what comments suppress."""
    return tuple(one._replace(finding=_brought_home(one.finding, homes)) for one in suppressed)


def _brought_home(finding: Finding, homes: Mapping[str, Home]) -> Finding:
    if any(one.path in homes for one in finding.related):
        finding = finding._replace(related=tuple(_related_at_home(one, homes) for one in finding.related))
    if "/" in finding.message:
        words = re.split(r"([\s,;:()]+)", finding.message)
        message = "".join(homes[word].path if word in homes else word for word in words)
        finding = finding._replace(message=message)
    home = homes.get(finding.path)
    if home is None:
        return finding
    span = Span(finding.line, finding.column, finding.end_line, finding.end_column)
    line, column, end_line, end_column = span_at_home(span, home)
    return finding._replace(
        path=home.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        fix=None,
        fixable=False,
    )


def _related_at_home(one: Related, homes: Mapping[str, Home]) -> Related:
    home = homes.get(one.path)
    if home is None:
        return one
    at = span_at_home(Span(one.line, one.column, one.line, one.column), home)
    return one._replace(path=home.path, line=at.line, column=at.column)


def span_at_home(span: Span, home: Home) -> Span:
    """Where a stretch of the unit stands in the file that holds it."""
    starts, places, lines = _places(home)
    first = _index(span.line, span.column, starts)
    last = max(_index(span.end_line, span.end_column, starts) - 1, first)
    line, column = _line_of(places[first], lines)
    if (span.end_line, span.end_column) <= (span.line, span.column):
        return Span(line, column, line, column)
    end_line, end_column = _line_of(places[last], lines)
    return Span(line, column, *max((end_line, end_column + 1), (line, column)))


@lru_cache(maxsize=16)
def _places(home: Home) -> tuple[list[int], list[int], list[int]]:
    """The offsets of the unit's lines; of its characters in the file; of the file's lines."""
    starts = [0, *accumulate(map(len, split_lines(home.value)))]
    lines = [0, *accumulate(map(len, split_lines(home.text)))]
    return starts, offsets(home.text, home.start, home.end, home.value, home.style), lines


def _index(line: int, column: int, starts: list[int]) -> int:
    if line >= len(starts):
        return starts[-1]
    return min(starts[line - 1] + column - 1, starts[line])


def _line_of(offset: int, lines: list[int]) -> tuple[int, int]:
    number = min(bisect_right(lines, offset), max(len(lines) - 1, 1))
    return number, offset - lines[number - 1] + 1
