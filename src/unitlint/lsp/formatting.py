"""Blanks around ``=``, blank lines between sections, trailing blanks: never a change of what systemd reads."""

from __future__ import annotations

import re

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
    after = formatted(before)
    if after == before:
        return []
    from difflib import SequenceMatcher

    old, new = split_lines(before), split_lines(after)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    edits = []
    for what, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            span = document.positions.range(starts[first], starts[last])
            edits.append({"range": span, "newText": "".join(new[new_first:new_last])})
    return edits


def formatted(text: str) -> str:
    """The text in its form; as it is where systemd would read anything else in that, or an ignore comment would
    count for something else."""
    if _ODD_ENDS.search(text) is not None or not text.strip():
        return text
    after = "".join(_joined(split_lines(text)))
    return after if _reading(after) == _reading(text) else text


def _joined(lines: list[str]) -> list[str]:
    """The lines, each in its form, with one blank line before a section and never two in a row."""
    end = next((line[len(line.rstrip(_ENDS)) :] for line in lines if line[-1:] in ("\n", "\r")), "\n")
    found: list[str] = []
    continues = False
    pending: list[str] = []
    """Comments, which belong to what stands below them."""
    for line in lines:
        body = line.rstrip(_ENDS)
        stripped = body.strip(_BLANKS)
        if continues:
            found.append(body + end)
            continues = stripped[:1] in ("#", ";") or goes_on(body)
            continue
        if stripped[:1] in ("#", ";"):
            pending.append(stripped + end)
            continue
        if not stripped:
            found += [*pending, *([end] if (found or pending) and [*found, *pending][-1] != end else [])]
            pending = []
            continue
        if stripped[0] == "[" and (found or pending) and found and found[-1] != end:
            found.append(end)
        found += [*pending, _line(body) + end]
        pending = []
        continues = goes_on(body)
    found += pending
    while found and found[-1] == end:
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
