"""Lines that belong to a value above, whose quote is open or whose backslash has a blank behind it."""

from __future__ import annotations

from unitlint.syntax.lines import goes_on, open_quote
from unitlint.values.faults import UNCLOSED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.syntax.document import Assignment
    from unitlint.values.problem import ValueProblem

MOST_LINES = 200


def lost_below(assignment: Assignment, problems: Iterable[ValueProblem]) -> int:
    """The last line that was meant to belong to the value, or 0 where the value ends as it was meant.

    systemd reads what stands there as lines of their own.
    """
    value = assignment.value
    if goes_on(value):
        return _end_of_continued(assignment)
    return _closing_quote(assignment, problems)


def _end_of_continued(assignment: Assignment) -> int:
    """The first line below that does not end in a backslash."""
    lines = assignment.document.lines
    for number in range(assignment.end_line + 1, min(len(lines), assignment.end_line + MOST_LINES) + 1):
        text = lines[number - 1].rstrip()
        if not text.endswith("\\"):
            return number if text and text[0] != "[" else number - 1
    return 0


def _closing_quote(assignment: Assignment, problems: Iterable[ValueProblem]) -> int:
    """The line of the closing quote, or 0 where there is none before the next section."""
    problem = next((problem for problem in problems if UNCLOSED in problem.reason), None)
    quote = "" if problem is None else open_quote(assignment.value[problem.start : problem.end])
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
