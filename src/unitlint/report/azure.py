"""Logging commands of Azure Pipelines."""

from __future__ import annotations

from unitlint.engine.report import place_of_error
from unitlint.report.github import Escapes, escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report

TYPES = {"error": "error", "warning": "warning", "info": "warning"}
"""Azure has no notices."""
_IN_MESSAGES: Escapes = {"%": "%AZP25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES: Escapes = {**_IN_MESSAGES, ";": "%3B", "]": "%5D"}


def render(report: Report) -> str:
    """A ``task.logissue`` a finding, and one for each file that could not be checked (escapes as in
    azure-pipelines-task-lib)."""
    return "".join([*map(_command, report.findings), *map(_unchecked, report.errors)])


def _unchecked(message: str) -> str:
    path, note = place_of_error(message)
    file = f"sourcepath={escaped(path, _IN_PROPERTIES)};" if path else ""
    return f"##vso[task.logissue type=error;{file}]{escaped(note, _IN_MESSAGES)}\n"


def _command(finding: Finding) -> str:
    properties = {
        "type": TYPES[finding.severity],
        "sourcepath": finding.path,
        "linenumber": finding.line,
        "columnnumber": finding.column,
        "code": finding.code,
    }
    listed = "".join(f"{name}={escaped(str(value), _IN_PROPERTIES)};" for name, value in properties.items())
    return f"##vso[task.logissue {listed}]{escaped(finding.message, _IN_MESSAGES)}\n"
