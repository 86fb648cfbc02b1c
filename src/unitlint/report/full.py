"""The form for people: each finding with its lines, a caret, related places and what to do."""

from __future__ import annotations

from unitlint.base.foreign_text import safe
from unitlint.base.records import NamedTuple
from unitlint.report import summed_up
from unitlint.report.summary import summary_line
from unitlint.report.terminal import paint, piece
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unitlint.base.finding import Finding, Related
    from unitlint.engine.report import Report

CONTEXT = 2
"""Lines shown before and after the one that is meant."""

LONGEST_SPAN = 4
"""So many lines of a longer stretch are underlined."""


def render(report: Report, *, color: bool = False, quiet: bool = False, verbose: bool = False) -> str:
    """The report as text; ``quiet`` leaves the closing line out.

    Findings of severity info are summed up below the others, one line a rule, unless ``verbose`` asks for each.
    """
    sources = SourceLines(report.sources)
    infos = [] if verbose else [finding for finding in report.findings if finding.severity == "info"]
    shown = [finding for finding in report.findings if verbose or finding.severity != "info"]
    blocks = ["".join(f"{line}\n" for line in _block(finding, sources, color)) for finding in shown]
    text = "".join(f"{block}\n" for block in blocks)
    if infos:
        text += "".join(summed_up.lines(infos, report.rules, color=color)) + "\n"
    return text if quiet else text + summary_line(report) + (SEE_EACH if infos else "")


SEE_EACH = "Findings of severity info are summarised in one line for each rule; -v shows them in full.\n"


class Excerpt(NamedTuple):
    """A stretch to be shown with ``context`` lines around it, underlined with ``mark``."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int | None
    context: int
    mark: str
    style: str
    also: frozenset[int] = frozenset()
    """Lines around it that are underlined with dashes."""


_MOST_FILES = 500


class SourceLines:
    """The lines of the files, each split once where its findings stand together."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}

    def lines(self, path: str) -> list[str]:
        if path not in self._lines:
            if len(self._lines) > _MOST_FILES:
                self._lines.clear()
            self._lines[path] = split_lines(self._texts.get(path, ""))
        return self._lines[path]


def _block(finding: Finding, sources: SourceLines, color: bool) -> Iterator[str]:  # noqa: FBT001
    star = " [*]" if finding.fixable else ""
    code = paint(finding.code, "bold", color)
    yield f"{code}{star} {paint(finding.severity, finding.severity, color)}: {safe(finding.message)}"
    widest = max((finding.end_line + CONTEXT, *(one.line for one in finding.related)))
    gutter = len(str(widest))
    yield from excerpt_lines(_primary(finding), sources, gutter, color)
    for related in finding.related:
        yield f"{paint('note', 'note', color)}: {safe(related.message)}"
        is_shown = (related.path, related.line) == (finding.path, finding.line) and related.column <= finding.column
        if not is_shown:
            yield from excerpt_lines(_secondary(related), sources, gutter, color)
    if finding.help:
        yield f"{paint('help', 'help', color)}: {safe(finding.help)}"
    if finding.url:
        yield f"{' ' * gutter} {paint('=', 'gutter', color)} see: {safe(finding.url)}"


def _primary(finding: Finding) -> Excerpt:
    end_line = min(finding.end_line, finding.line + LONGEST_SPAN - 1)
    end_column = finding.end_column if end_line == finding.end_line else None
    return Excerpt(finding.path, finding.line, finding.column, end_line, end_column, CONTEXT, "^", finding.severity)


def _secondary(related: Related) -> Excerpt:
    return Excerpt(related.path, related.line, related.column, related.line, None, 0, "-", "note")


def excerpt_lines(excerpt: Excerpt, sources: SourceLines, gutter: int, color: bool) -> Iterator[str]:  # noqa: FBT001
    """The lines of a stretch as they are shown; ``gutter`` is the width of line numbers."""
    arrow = paint("-->", "gutter", color)
    yield f"{' ' * gutter}{arrow} {safe(excerpt.path)}:{excerpt.line}:{excerpt.column}"
    lines = sources.lines(excerpt.path)
    if not lines:
        return
    bar = paint("|", "gutter", color)
    empty = f"{' ' * gutter} {bar}"
    yield empty
    first = max(1, excerpt.line - excerpt.context)
    last = max(min(len(lines), excerpt.end_line + excerpt.context), min(excerpt.line, len(lines)))
    for number in range(first, last + 1):
        line = lines[number - 1].rstrip("\r\n\0")
        inside = excerpt.line <= number <= excerpt.end_line
        start, end = _columns(excerpt, number, line) if inside else (1, 1)
        shown = piece(line, start, end)
        yield f"{paint(f'{number:>{gutter}}', 'gutter', color)} {bar} {shown.text}".rstrip()
        if inside and (line.strip() or number == excerpt.line):
            yield f"{empty} {' ' * shown.offset}{paint(excerpt.mark * shown.width, excerpt.style, color)}"
        elif number in excerpt.also:
            yield f"{empty} {paint('-' * min(len(line.rstrip()), len(shown.text)), 'note', color)}"
    yield empty


def _columns(excerpt: Excerpt, number: int, line: str) -> tuple[int, int]:
    """The columns to underline on one line of the stretch."""
    start = excerpt.column if number == excerpt.line else len(line) - len(line.lstrip()) + 1
    if number == excerpt.end_line and excerpt.end_column is not None:
        return start, excerpt.end_column
    return start, len(line.rstrip()) + 1
