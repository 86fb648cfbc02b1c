"""The form for programs, version 1: other tools depend on its keys."""

from __future__ import annotations

from unitlint.base.plain_text import plain
from unitlint.report.json_parts import ITEMS, json_parts
from unitlint.report.summary import count_severities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report

VERSION = 1

FIELDS = (
    "code", "name", "severity", "confidence", "effect", "message", "path", "line", "column", "end_line",
    "end_column", "unit", "section", "directive", "related", "fixable", "url",
)  # fmt: skip


def render(report: Report) -> str:
    """``{"version": 1, "findings": […], "summary": {…}}`` on several lines, plain ASCII."""
    return "".join(parts(report))


def parts(report: Report) -> Iterator[str]:
    """The same, part by part."""
    counts = count_severities(report)
    whole = {
        "version": VERSION,
        "findings": ITEMS,
        "summary": {
            "files": report.files,
            "units": report.units,
            "findings": len(report.findings),
            "errors": counts["error"],
            "warnings": counts["warning"],
            "infos": counts["info"],
            "fixable": sum(finding.fixable for finding in report.findings),
            "skipped": len(report.skipped),
            "unreadable": [_text(message) for message in report.errors],
        },
    }
    return json_parts(whole, map(finding_object, report.findings))


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding with exactly the fields of the contract."""
    found = {name: _text(getattr(finding, name)) for name in FIELDS}
    found["related"] = [{name: _text(value) for name, value in one._asdict().items()} for one in finding.related]
    return found


def _text(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value
