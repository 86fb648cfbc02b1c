"""`--output-format json`: the contract that other tools depend on."""

from __future__ import annotations

from collections import Counter
from typing import Any

from unitlint.finding import SEVERITIES, Finding, Report

FIELDS = tuple(name for name in Finding._fields if name != "help")


def render(report: Report) -> str:
    """One JSON object: version, findings, summary."""
    import json

    document = {"version": 1, "findings": [as_dict(one) for one in report.findings], "summary": summary(report)}
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def as_dict(finding: Finding) -> dict[str, Any]:
    """A finding under the names of the JSON form."""
    found = {name: getattr(finding, name) for name in FIELDS}
    found["related"] = [related._asdict() for related in finding.related]
    return found


def summary(report: Report) -> dict[str, Any]:
    """How many findings of each severity, in how many files."""
    counted = Counter(finding.severity for finding in report.findings)
    return {
        "findings": len(report.findings),
        **{severity: counted[severity] for severity in reversed(SEVERITIES)},
        "fixable": sum(finding.fixable for finding in report.findings),
        "files": report.files,
        "units": report.units,
        "unreadable": len(report.errors),
    }
