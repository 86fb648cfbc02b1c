"""The XML of Checkstyle, which Jenkins and many editors read."""

from __future__ import annotations

from itertools import groupby

from unitlint.engine.report import place_of_error
from unitlint.report.xml_text import HEAD, element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report


def render(report: Report) -> str:
    """A ``file`` for each file with findings or that could not be checked, an ``error`` a finding."""
    files = "".join(
        element("file", {"name": path}, "".join(map(_error, findings)), "  ")
        for path, findings in groupby(report.findings, _path)
    )
    return HEAD + element("checkstyle", {"version": "4.3"}, files + "".join(map(_unchecked, report.errors)))


def _unchecked(message: str) -> str:
    path, note = place_of_error(message)
    attributes: dict[str, object] = {"line": 1, "severity": "error", "message": note, "source": "unitlint.unchecked"}
    return element("file", {"name": path or "unitlint"}, element("error", attributes, indent="    "), "  ")


def _path(finding: Finding) -> str:
    return finding.path


def _error(finding: Finding) -> str:
    attributes: dict[str, object] = {
        "line": finding.line,
        "column": finding.column,
        "severity": finding.severity,
        "message": finding.message,
        "source": f"unitlint.{finding.code}",
    }
    return element("error", attributes, indent="    ")
