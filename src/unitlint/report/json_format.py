"""The form for programs, version 1: other tools depend on its keys; json_schema.py describes them."""

from __future__ import annotations

from unitlint.base.plain_text import plain
from unitlint.report.edited_places import Places
from unitlint.report.json_parts import ITEMS, json_parts
from unitlint.report.summary import count_severities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.base.finding import Finding, Fix
    from unitlint.engine.report import Report

VERSION = 1
SAFE, UNSAFE = "safe", "unsafe"
"""Whether --fix makes a fix, or --unsafe-fixes only."""

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
    places = Places(report.sources)
    return json_parts(whole, (finding_object(finding, places) for finding in report.findings))


def finding_object(finding: Finding, places: Places) -> dict[str, Any]:
    """A finding with exactly the fields of the contract."""
    found = {name: _text(getattr(finding, name)) for name in FIELDS}
    found["related"] = [{name: _text(value) for name, value in one._asdict().items()} for one in finding.related]
    found["help"] = _text(finding.help)
    found["fix"] = None if finding.fix is None else _fix(finding, finding.fix, places)
    found["why_unfixable"] = _why_unfixable(finding)
    return found


def _fix(finding: Finding, fix: Fix, places: Places) -> dict[str, Any]:
    edits = [{**places.of_edit(finding.path, edit)._asdict(), "new": _text(edit.new)} for edit in fix.edits]
    return {"applicability": SAFE if fix.safe else UNSAFE, "message": _text(fix.says), "edits": edits}


def _why_unfixable(finding: Finding) -> str | None:
    """Why `--fix` leaves a finding alone although it is known what may have been meant; None where it has a fix."""
    if finding.fix is not None or finding.suggests is None:
        return None
    return "the suggestion is a guess, which is not certain enough for an edit"


def _text(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value
