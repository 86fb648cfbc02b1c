"""Lines that belong to a quote which is opened on a line above: systemd ends the value at the end of that line."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.syntax.document import Assignment
    from unitlint.values.problem import ValueProblem

UNCLOSED = "quote is not closed"
"""What the grammars say of such a value."""
MOST_LINES = 200


def lost_below(assignment: Assignment, problems: Iterable[ValueProblem]) -> int:
    """The line of the closing quote, or 0 where the quote is closed, or stays open up to the next section.

    What stands in between is the rest of the value, meant for a shell in most cases, and no assignment.
    """
    problem = next((problem for problem in problems if UNCLOSED in problem.reason), None)
    quote = "" if problem is None else _open_quote(assignment.value[problem.start : problem.end])
    if not quote:
        return 0
    lines = assignment.document.lines
    for number in range(assignment.end_line + 1, min(len(lines), assignment.end_line + MOST_LINES) + 1):
        text = lines[number - 1]
        if quote in text:
            return number
        if text[:1] == "[" and text.rstrip().endswith("]") and text[1:2].isupper():
            return 0
    return 0


def _open_quote(text: str) -> str:
    """The quote that is open at the end of ``text``; an escaped one is none."""
    is_open = ""
    escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif is_open:
            is_open = "" if character == is_open else is_open
        elif character in "\"'":
            is_open = character
    return is_open
