"""Findings of severity info in a few lines: one a rule, as none of them is urgent."""

from __future__ import annotations

import os

from unitlint.base.foreign_text import safe
from unitlint.report.summary import counted
from unitlint.report.terminal import paint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unitlint.base.finding import Finding
    from unitlint.rules.model import Rule

MOST_NAMES = 2
"""So many units are named; of the others the number is told."""


def lines(findings: Iterable[Finding], rules: Iterable[Rule], *, color: bool = False) -> Iterator[str]:
    """``UL301 no-memory-max: 14 units set no MemoryMax= (app.service, db.service, 12 more)``, in the order of codes."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    summaries = {rule.code: rule.details.summary for rule in rules if rule.code in by_code}
    for code in sorted(by_code):
        same = by_code[code]
        name = f"{paint(code, 'bold', color)} {paint(same[0].name, 'info', color)}"
        yield f"{name}: {safe(_what(same, summaries.get(code, '')))} ({safe(_where(same))})\n"


def _what(same: list[Finding], summary: str) -> str:
    units = {finding.unit or finding.path for finding in same}
    if summary and len(units) > 1:
        return summary.replace("{units}", counted(len(units), "unit"))
    times = "" if len(same) == 1 else f"{len(same)} times: "
    return f"{times}{same[0].message}"


def _where(same: list[Finding]) -> str:
    """The units, or the places of files where one unit is meant; each once, and only the first few."""
    names = list(dict.fromkeys(f"{os.path.basename(finding.path)}:{finding.line}" for finding in same))
    if len(names) > 1:
        names = list(dict.fromkeys(finding.unit or os.path.basename(finding.path) for finding in same))
    shown = names[:MOST_NAMES]
    rest = len(names) - len(shown)
    return ", ".join([*shown, *([f"{rest} more"] if rest else [])])
