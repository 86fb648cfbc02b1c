"""Findings in units that stand in other files, moved to the line and column there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from unitlint.base import late_imports
from unitlint.base.finding import Finding, Related, Span, Suppressed
from unitlint.files.embedded import HostPlace
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.host_kinds import HostModule


def in_host_files(findings: Iterable[Finding], hosts: Mapping[str, HostPlace]) -> list[Finding]:
    """The findings as they are for people: those in units within other files at their places in these files.

    ``hosts`` are the places of the units by their made-up paths. Fixes are dropped: they were made for the text of
    the unit, and YAML has indentation and escapes of its own.
    """
    return [_in_host_file(finding, hosts) for finding in findings]


def suppressed_in_host_files(
    suppressed: Iterable[Suppressed], hosts: Mapping[str, HostPlace]
) -> tuple[Suppressed, ...]:
    """The same for what comments suppress."""
    return tuple([entry._replace(finding=_in_host_file(entry.finding, hosts)) for entry in suppressed])


def _in_host_file(finding: Finding, hosts: Mapping[str, HostPlace]) -> Finding:
    if any(place.path in hosts for place in finding.related):
        finding = finding._replace(related=tuple(_related_in_host(place, hosts) for place in finding.related))
    if "/" in finding.message:
        words = re.split(r"([\s,;:()]+)", finding.message)
        message = "".join(hosts[word].path if word in hosts else word for word in words)
        finding = finding._replace(message=message)
    host = hosts.get(finding.path)
    if host is None:
        return finding
    span = Span(finding.line, finding.column, finding.end_line, finding.end_column)
    line, column, end_line, end_column = span_in_host(span, host)
    return finding._replace(
        path=host.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        fix=None,
        fixable=False,
    )


def _related_in_host(place: Related, hosts: Mapping[str, HostPlace]) -> Related:
    host = hosts.get(place.path)
    if host is None:
        return place
    at = span_in_host(Span(place.line, place.column, place.line, place.column), host)
    return place._replace(path=host.path, line=at.line, column=at.column)


def span_in_host(span: Span, host: HostPlace) -> Span:
    """Where a stretch of the unit stands in the file that holds it."""
    starts, places, lines = _places(host)
    first = _index(span.line, span.column, starts)
    last = max(_index(span.end_line, span.end_column, starts) - 1, first)
    line, column = _line_of(places[first], lines)
    if (span.end_line, span.end_column) <= (span.line, span.column):
        return Span(line, column, line, column)
    end_line, end_column = _line_of(places[last], lines)
    return Span(line, column, *max((end_line, end_column + 1), (line, column)))


@lru_cache(maxsize=16)
def _places(host: HostPlace) -> tuple[list[int], Sequence[int], list[int]]:
    """The offsets of the unit's lines; of its characters in the file; of the file's lines."""
    module: HostModule = late_imports.module(host.module)
    starts = [0, *accumulate(map(len, split_lines(host.embedded.text)))]
    lines = [0, *accumulate(map(len, split_lines(host.text)))]
    return starts, module.offsets(host.text, host.embedded), lines


def _index(line: int, column: int, starts: list[int]) -> int:
    if line >= len(starts):
        return starts[-1]
    return min(starts[line - 1] + column - 1, starts[line])


def _line_of(offset: int, lines: list[int]) -> tuple[int, int]:
    number = min(bisect_right(lines, offset), max(len(lines) - 1, 1))
    return number, offset - lines[number - 1] + 1
