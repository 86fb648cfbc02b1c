"""How often each rule had something to say, most often first."""

from __future__ import annotations

from unitlint.base.foreign_text import safe
from unitlint.report.summary import summary_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.engine.report import Report


def render(report: Report) -> str:
    """A table: count, code, ``[*]`` if fixable, name."""
    counts: dict[tuple[str, str, bool], int] = {}
    for finding in report.findings:
        rule = (finding.code, finding.name, finding.fixable)
        counts[rule] = counts.get(rule, 0) + 1
    width = len(str(max(counts.values(), default=0)))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        f"{count:>{width}}  {code} {'[*]' if fixable else '   '} {safe(name)}\n"
        for (code, name, fixable), count in ordered
    ]
    return "".join(lines) + summary_line(report)
