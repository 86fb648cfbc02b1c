"""Blanks around ``=``, blank lines between sections, trailing blanks: never a change of what systemd reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.lsp.kinds import kind_of
from unitlint.syntax.ignore_comments import ignores_in
from unitlint.syntax.lines import goes_on, split_lines
from unitlint.syntax.reader import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.lsp.documents import TextDocument
    from unitlint.lsp.session import Session

_BLANKS = " \t"
_ENDS = "\r\n"
_ODD_ENDS = re.compile(r"\0|\r(?!\n)|\n\r")
"""Where a line ends for systemd, but not for every editor."""


def format_document(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/formatting."""
    return _edits(session.document(parameters))


def format_range(session: Session, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """textDocument/rangeFormatting: what formatting changes within these lines."""
    span = parameters["range"]
    first, last = span["start"]["line"], span["end"]["line"]
    edits = _edits(session.document(parameters))
    return [edit for edit in edits if first <= edit["range"]["start"]["line"] <= edit["range"]["end"]["line"] <= last]


def _edits(document: TextDocument) -> list[dict[str, Any]]:
    """The changes, as small as they can be, so that the cursor and marks of the editor stay where they are."""
    kind = kind_of(document)
    before = document.text
    if kind is None or kind.template or document.checked_text != before:
        return []
    if formatted(before) == before:
        return []
    old = split_lines(before)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    return [
        {"range": document.positions.range(starts[first], starts[last]), "newText": new}
        for first, last, new in _changes(old, _joined(old))
    ]


def _changes(old: list[str], new: list[FormattedLine]) -> Iterator[tuple[int, int, str]]:
    """The first of the lines that change, the one after the last, and what stands in their place."""
    first = 0
    texts: list[str] = []
    for line in (*new, FormattedLine(len(old), "")):
        is_same = line.number == len(old) or (line.number is not None and old[line.number] == line.text)
        if is_same and line.number is not None:
            if texts or first < line.number:
                yield first, line.number, "".join(texts)
            first, texts = line.number + 1, []
        else:
            texts.append(line.text)


def formatted(text: str) -> str:
    """The text in its form; as it is where systemd would read anything else in that, or an ignore comment would
    count for something else."""
    if _ODD_ENDS.search(text) is not None or not text.strip():
        return text
    after = "".join(line.text for line in _joined(split_lines(text)))
    return after if _reading(after) == _reading(text) else text


class FormattedLine(NamedTuple):
    """A line in its form, and the number from 0 of the line that it was; None for one that is new."""

    number: int | None
    text: str


def _joined(lines: list[str]) -> list[FormattedLine]:
    """The lines, each in its form, with one blank line before a section and never two in a row."""
    end = next((line[len(line.rstrip(_ENDS)) :] for line in lines if line[-1:] in ("\n", "\r")), "\n")
    found: list[FormattedLine] = []
    continues = False
    pending: list[FormattedLine] = []
    """Comments, which belong to what stands below them."""
    for number, line in enumerate(lines):
        body = line.rstrip(_ENDS)
        stripped = body.strip(_BLANKS)
        if continues:
            found.append(FormattedLine(number, body + end))
            continues = stripped[:1] in ("#", ";") or goes_on(body)
            continue
        if stripped[:1] in ("#", ";"):
            pending.append(FormattedLine(number, stripped + end))
            continue
        if not stripped:
            found += pending
            pending = []
            if found and found[-1].text != end:
                found.append(FormattedLine(number, end))
            continue
        if stripped[0] == "[" and found and found[-1].text != end:
            found.append(FormattedLine(None, end))
        found += [*pending, FormattedLine(number, _line(body) + end)]
        pending = []
        continues = goes_on(body)
    found += pending
    while found and found[-1].text == end:
        found.pop()
    return found


def _line(body: str) -> str:
    """One logical line's first physical line: no blanks at its ends and around the first ``=``."""
    if body.rstrip(_BLANKS) != body and body.rstrip(_BLANKS).endswith("\\"):
        body = body.lstrip(_BLANKS)  # without the blanks behind it, the backslash would join the next line
        name, equals, value = body.partition("=")
        return f"{name.rstrip(_BLANKS)}={value.lstrip(_BLANKS)}" if equals and body[0] != "[" else body
    body = body.strip(_BLANKS)
    name, equals, value = body.partition("=")
    if not equals or body[:1] == "[":
        return body
    return f"{name.rstrip(_BLANKS)}={value.lstrip(_BLANKS)}"


def _reading(text: str) -> object:
    """What must stay: all that systemd reads, what it objects to, and the comments that suppress findings."""
    document = read(text, "")
    number_of = {assignment.line: number for number, assignment in enumerate(document.assignments)}
    ignores = [
        (
            one.selectors,
            one.in_head,
            one.reason,
            None if one.in_head else sorted(number for line, number in number_of.items() if one.covers(line)),
        )
        for one in ignores_in(text)
    ]
    return (
        [(one.section, one.directive, one.value) for one in document.assignments],
        [header.name for header in document.headers],
        [(problem.kind, problem.text) for problem in document.problems],
        document.refused,
        ignores,
        not text.strip(),
    )
