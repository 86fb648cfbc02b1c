"""`--output-format full`: each finding with its lines, a caret, the related lines and the help."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import east_asian_width

from unitlint.finding import Finding, Report
from unitlint.report.text import BLUE, CYAN, DIM, SEVERITY_COLOR, closing_line, harmless, head, paint
from unitlint.syntax.reader import split_lines

CONTEXT = 2
TAB = "    "


def render(report: Report, *, color: bool = False, quiet: bool = False) -> str:
    """The whole report as text."""
    lines: dict[str, list[str]] = {}
    blocks = [_block(finding, report.sources, lines, color=color) for finding in report.findings]
    text = "".join(f"{block}\n\n" for block in blocks)
    return text if quiet else text + closing_line(report)


def _block(finding: Finding, sources: Mapping[str, str], cache: dict[str, list[str]], *, color: bool) -> str:
    lines = _lines(finding.path, sources, cache)
    numbers = [finding.line, *(related.line for related in finding.related)]
    width = len(str(max(numbers)))
    bar = paint("|", BLUE, on=color)
    gutter = " " * width
    place = f"{harmless(finding.path)}:{finding.line}:{finding.column}"
    block = [head(finding, color=color), f"{gutter}{paint('-->', BLUE, on=color)} {place}", f"{gutter} {bar}"]
    first = max(1, finding.line - CONTEXT)
    for number in range(first, min(finding.line, len(lines)) + 1):
        block.append(_source_line(number, lines[number - 1], width, bar, color=color))
    if finding.line <= len(lines):
        caret = _caret(lines[finding.line - 1], finding)
        block.append(f"{gutter} {bar} {paint(caret, SEVERITY_COLOR[finding.severity], on=color)}")
    for related in finding.related:
        others = _lines(related.path, sources, cache)
        where = f"{harmless(related.path)}:{related.line}:{related.column}"
        block.append(f"{gutter}{paint(':::', BLUE, on=color)} {where}: {harmless(related.message)}")
        if related.line <= len(others):
            block.append(_source_line(related.line, others[related.line - 1], width, bar, color=color))
    block.append(f"{gutter} {bar}")
    if finding.help:
        block.append(f"{gutter} {paint('= help:', CYAN, on=color)} {harmless(finding.help)}")
    block.append(f"{gutter} {paint('= see:', DIM, on=color)} {finding.url}")
    return "\n".join(block)


def _lines(path: str, sources: Mapping[str, str], cache: dict[str, list[str]]) -> list[str]:
    if path not in cache:
        cache[path] = [line.rstrip("\r\n\0") for line in split_lines(sources.get(path, ""))]
    return cache[path]


def _source_line(number: int, text: str, width: int, bar: str, *, color: bool) -> str:
    shown = paint(f"{number:>{width}}", BLUE, on=color)
    return f"{shown} {bar} {_shown(text)}".rstrip()


def _shown(text: str) -> str:
    return harmless(text[:500].replace("\t", TAB))


def _caret(text: str, finding: Finding) -> str:
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(text)
    return " " * _width(text[:start]) + "^" * max(_width(text[start : max(end, start + 1)]), 1)


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    shown = _shown(text)
    if shown.isascii():
        return len(shown)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in shown)
