"""Workflow commands of GitHub Actions, which become annotations of the changed lines."""

from __future__ import annotations

from itertools import groupby

from unitlint.base.foreign_text import safe
from unitlint.engine.report import place_of_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
Escapes = dict[str, str | int | None]
_IN_MESSAGES: Escapes = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES: Escapes = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def render(report: Report) -> str:
    """A command a finding, those of a file in a group that can be folded in the log, and one for each file that could
    not be checked (docs.github.com, workflow commands; escapes as in actions/toolkit)."""
    groups = (_group(path, list(of_file)) for path, of_file in groupby(report.findings, lambda finding: finding.path))
    return "".join([*groups, *map(_unchecked, report.errors)])


def _group(path: str, findings: list[Finding]) -> str:
    """The commands of one file, which count inside of a group as well."""
    number = f"{len(findings)} finding{'s' if len(findings) > 1 else ''}"
    commands = "".join(map(_command, findings))
    return f"::group::{escaped(path, _IN_MESSAGES)}: {number}\n{commands}::endgroup::\n"


def _unchecked(message: str) -> str:
    path, note = place_of_error(message)
    file = f",file={escaped(path, _IN_PROPERTIES)}" if path else ""
    return f"::error title=unitlint{file}::{escaped(message if path else note, _IN_MESSAGES)}\n"


def _command(finding: Finding) -> str:
    properties: dict[str, object] = {
        "title": f"unitlint {finding.code}",
        "file": finding.path,
        "line": finding.line,
        "endLine": finding.end_line,
    }
    if finding.line == finding.end_line:  # columns of a stretch over several lines are refused
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    listed = ",".join(f"{name}={escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items())
    help_text = f" ({finding.help})" if finding.help else ""
    message = f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}{help_text}"
    return f"::{COMMANDS[finding.severity]} {listed}::{escaped(message, _IN_MESSAGES)}\n"


def escaped(text: str, escapes: Escapes) -> str:
    """``text`` with each of the characters in ``escapes`` replaced, and everything else unsafe spelt out."""
    lines = ["\r".join([safe(f"-{part}")[1:] for part in line.split("\r")]) for line in text.split("\n")]
    return "\n".join(lines).translate(str.maketrans(escapes))
