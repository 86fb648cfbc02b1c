"""Writing the comments that engine/suppress.py reads: `# unitlint: ignore[UL301]` above the lines that need one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from unitlint.base.finding import Edit, Fix
from unitlint.syntax.document import Document
from unitlint.syntax.ignore_comments import Ignore, head_of, ignores_in
from unitlint.syntax.lines import WHITESPACE, split_lines
from unitlint.syntax.reader import read
from unitlint.syntax.wide_text import encoding_of_text

BOM = "\ufeff"


def with_ignores(text: str, wanted: Mapping[int, Iterable[str]], reason: str = "") -> str | None:
    """The text with a comment above each of the lines, which names the codes that are wanted there.

    A comment that is there already gets the codes as well; for a line within a continued value it stands above the
    assignment, and for what stands before or on the first section's header it holds for the whole file.
    A new comment ends in ``reason``.
    None where no comment can be placed so that systemd reads the rest as before: an empty file masks a unit, and a text
    in UTF-16 would be in two encodings.
    """
    document = read(text, "")
    if encoding_of_text(text) or not text.strip("\0\n\r" + BOM):
        return None
    lines = list(document.lines)
    above, extended = _plan(_by_start(document, wanted), ignores_in(text), head_of(lines))
    for comment, codes in extended.items():
        lines[comment.line - 1] = _extended(lines[comment.line - 1], comment, sorted(codes))
    for line in sorted(above, reverse=True):
        lines[line - 1 : line] = _with_comment(
            lines[line - 1], line, sorted(above[line]), _line_end(document.lines, line), reason
        )
    after = read("".join(lines), "")
    # A NUL or CR on a line of its own would be taken for a part of the line end above it.
    stands = after.lines == lines and _reads_alike(document, after)
    return after.text if stands else None


_Codes = dict[int, set[str]]


def _plan(wanted: _Codes, existing: list[Ignore], head: int) -> tuple[_Codes, dict[Ignore, set[str]]]:
    """The codes by the line above which a comment is to be written, and by the comment that is to be extended."""
    above: _Codes = {}
    extended: dict[Ignore, set[str]] = {}
    for_file = {code for line, codes in wanted.items() if line <= head for code in codes}
    by_line = {line: codes - for_file for line, codes in wanted.items() if line > head}
    if for_file:
        by_line[min(wanted)] = for_file
    for line, codes in by_line.items():
        comment = _above(existing, line, in_head=line <= head)
        if comment is not None and codes:
            extended.setdefault(comment, set()).update(codes)
        elif codes:
            above[line] = codes
    return above, extended


def _by_start(document: Document, wanted: Mapping[int, Iterable[str]]) -> _Codes:
    """The codes by the line on which the assignment starts."""
    start_of = {line: first for first, last in document.continuations for line in range(first, last + 1)}
    found: _Codes = {}
    for line, codes in wanted.items():
        inside = min(line, len(document.lines))
        found.setdefault(start_of.get(inside, inside), set()).update(codes)
    return found


def _above(existing: Iterable[Ignore], line: int, *, in_head: bool) -> Ignore | None:
    """The comment that already counts for a line, the nearest one."""
    fitting = [one for one in existing if one.in_head == in_head and one.covers(line) and (in_head or one.line < line)]
    return fitting[-1] if fitting else None


def _with_comment(text: str, line: int, codes: list[str], end: str, reason: str) -> list[str]:
    """The line with a comment above it, indented like it."""
    bom = BOM if line == 1 and text.startswith(BOM) else ""
    text = text.removeprefix(bom)
    blanks = text[: len(text) - len(text.lstrip(" \t"))]
    comment = f"{blanks}# unitlint: ignore[{', '.join(codes)}]{' ' if reason else ''}{reason}{end}"
    # After a byte order mark systemd takes no `#` for a comment's beginning, so that the mark gets a line of its own.
    return [bom + end, comment, text] if bom else [comment, text]


def _extended(text: str, comment: Ignore, codes: list[str]) -> str:
    """The comment's line with more codes; its reason and its spelling stay."""
    new = ", ".join(code for code in codes if code not in comment.selectors)
    before, after = text[: comment.end_column - 1], text[comment.end_column - 1 :]
    if not new:
        return text
    if not before.endswith("]"):
        return f"{before.rstrip(WHITESPACE)}[{new}]{after}"
    inside = before[:-1].rstrip(" \t,")
    return f"{inside}{', ' if comment.selectors else ''}{new}]{after}"


def _line_end(lines: list[str], line: int) -> str:
    """The end of the line itself, or that of the one above it where it is the last and has none."""
    for number in (line, line - 1, line + 1):
        if 0 < number <= len(lines):
            text = lines[number - 1]
            end = text[len(text.rstrip("\r\n\0")) :].rstrip("\0")
            if end:
                return end
    return "\n"


def _reads_alike(before: Document, after: Document) -> bool:
    """True where systemd reads the same in both; only line numbers may differ."""
    return _read(before) == _read(after)


def _read(document: Document) -> object:
    return (
        [(one.section, one.directive, one.value) for one in document.assignments],
        [header.name for header in document.headers],
        [(problem.kind, problem.text) for problem in document.problems],
        document.refused,
    )


@lru_cache(maxsize=2)
def _lines_and_starts(text: str) -> tuple[list[str], list[int]]:
    lines = split_lines(text)
    return lines, [0, *accumulate(map(len, lines))]


def without_selector(text: str, ignore: Ignore, name: str) -> Fix:
    """The comment without the selector; the last one takes its line along."""
    lines, starts = _lines_and_starts(text)
    start, whole = starts[ignore.line - 1], lines[ignore.line - 1]
    rest = [other for other in ignore.selectors if other != name]
    if not rest:
        return Fix((Edit(start, whole, ""),), safe=True, says="remove the comment")
    old = whole[ignore.column - 1 : ignore.end_column - 1]
    new = f"{old[: old.index('[')]}[{', '.join(rest)}]"
    return Fix((Edit(start + ignore.column - 1, old, new),), safe=True, says=f"remove {name} from it")
