"""One line a finding: ``path:line:col: severity[CODE] effect: message``, the effect being what systemd does."""

from __future__ import annotations

from unitlint.base.foreign_text import safe, safe_path
from unitlint.report.summary import summary_line
from unitlint.report.terminal import paint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report


def render(report: Report, *, color: bool = False, quiet: bool = False) -> str:
    """The report as text; ``quiet`` leaves the closing line out."""
    lines = [_line(finding, color) for finding in report.findings]
    return "".join(lines) + ("" if quiet else summary_line(report))


def _line(finding: Finding, color: bool) -> str:  # noqa: FBT001
    place = f"{paint(safe_path(finding.path), 'bold', color)}:{finding.line}:{finding.column}"
    code = paint(f"{finding.severity}[{finding.code}]", finding.severity, color)
    effect = f" {finding.effect}" if finding.effect else ""
    star = " [*]" if finding.fixable else ""
    return f"{place}: {code}{effect}: {safe(finding.message)}{star}\n"
