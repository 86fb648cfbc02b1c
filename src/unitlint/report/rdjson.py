"""The diagnostic format of reviewdog."""

from __future__ import annotations

from unitlint.base.plain_text import plain
from unitlint.engine.report import place_of_error
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Edit, Finding
    from unitlint.engine.report import Report

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report) -> str:
    """One object with all diagnostics; columns count the bytes of UTF-8, as the format wants it (reviewdog.rdf)."""
    from json import dumps

    lines: dict[str, list[str]] = {}
    for finding in report.findings:
        for path in (finding.path, *(one.path for one in finding.related)):
            if path not in lines:
                lines[path] = split_lines(report.sources.get(path, ""))
    whole = {
        "source": {"name": "unitlint", "url": "https://github.com/unitlint/unitlint"},
        "diagnostics": [
            *[_diagnostic(finding, lines) for finding in report.findings],
            *map(_unchecked, report.errors),
        ],
    }
    return dumps(whole, indent=2) + "\n"


def _unchecked(message: str) -> dict[str, object]:
    """A file that could not be checked."""
    path, note = place_of_error(message)
    return {"message": plain(note), "location": {"path": plain(path)}, "severity": "ERROR"}


def _diagnostic(finding: Finding, lines: dict[str, list[str]]) -> dict[str, object]:
    code = {"value": finding.code, **({"url": finding.url} if finding.url else {})}
    start = _position(lines[finding.path], finding.line, finding.column)
    end = _position(lines[finding.path], finding.end_line, finding.end_column)
    found: dict[str, object] = {
        "message": plain(finding.message),
        "location": {"path": plain(finding.path), "range": {"start": start, "end": end}},
        "severity": SEVERITIES[finding.severity],
        "code": code,
    }
    if finding.fix is not None and len(finding.fix.edits) == 1:  # a suggestion is one stretch of the file
        found["suggestions"] = [_suggestion(finding.fix.edits[0], lines[finding.path])]
    if finding.related:
        found["related_locations"] = [
            {
                "message": plain(one.message),
                "location": {
                    "path": plain(one.path),
                    "range": {"start": _position(lines[one.path], one.line, one.column)},
                },
            }
            for one in finding.related
        ]
    return found


def _suggestion(edit: Edit, lines: list[str]) -> dict[str, object]:
    start, end = (_at(lines, offset) for offset in (edit.start, edit.start + len(edit.old)))
    return {"range": {"start": start, "end": end}, "text": plain(edit.new)}


def _at(lines: list[str], offset: int) -> dict[str, int]:
    """The position of an offset into the text that these lines make."""
    number = 0
    while number < len(lines) - 1 and offset >= len(lines[number]):
        offset -= len(lines[number])
        number += 1
    return _position(lines, number + 1, offset + 1)


def _position(lines: list[str], line: int, column: int) -> dict[str, int]:
    text = lines[line - 1] if line <= len(lines) else ""
    before = text[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogateescape")) + max(column - len(before), 1)}
