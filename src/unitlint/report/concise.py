"""`--output-format concise`: one line a finding."""

from __future__ import annotations

from unitlint.finding import Report
from unitlint.report.text import closing_line, harmless, head


def render(report: Report, *, color: bool = False, quiet: bool = False) -> str:
    """``path:line:column: CODE severity: message`` for each finding, and the line at the end."""
    lines = [
        f"{harmless(finding.path)}:{finding.line}:{finding.column}: {head(finding, color=color)}\n"
        for finding in report.findings
    ]
    return "".join(lines) + ("" if quiet else closing_line(report))
