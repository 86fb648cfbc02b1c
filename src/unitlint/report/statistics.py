"""`--statistics`: the findings counted by rule."""

from __future__ import annotations

from collections import Counter

from unitlint.finding import Report
from unitlint.report.text import closing_line


def render(report: Report) -> str:
    """One line a rule, the most frequent first."""
    counted = Counter((finding.code, finding.name) for finding in report.findings)
    lines = [f"{number:>6}  {code}  {name}\n" for (code, name), number in counted.most_common()]
    return "".join(lines) + closing_line(report)
