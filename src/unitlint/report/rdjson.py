"""The diagnostic format of reviewdog."""

from __future__ import annotations

from itertools import chain

from unitlint.base.plain_text import plain
from unitlint.engine.report import place_of_error
from unitlint.report.edited_places import Places
from unitlint.report.json_parts import ITEMS, json_parts
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.base.finding import Edit, Finding
    from unitlint.engine.report import Report
    from unitlint.report.edited_places import EditedPlace

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report) -> str:
    """One object with all diagnostics; columns count the bytes of UTF-8, as the format wants it (reviewdog.rdf)."""
    return "".join(parts(report))


def parts(report: Report) -> Iterator[str]:
    """The same, part by part."""
    lines: dict[str, list[str]] = {}
    for finding in report.findings:
        for path in (finding.path, *(one.path for one in finding.related)):
            if path not in lines:
                lines[path] = split_lines(report.sources.get(path, ""))
    source = {"name": "unitlint", "url": "https://github.com/unitlint/unitlint"}
    places = Places(report.sources)
    found = (_diagnostic(finding, lines, places) for finding in report.findings)
    return json_parts({"source": source, "diagnostics": ITEMS}, chain(found, map(_unchecked, report.errors)))


def _unchecked(message: str) -> dict[str, object]:
    """A file that could not be checked."""
    path, note = place_of_error(message)
    return {"message": plain(note), "location": {"path": plain(path)}, "severity": "ERROR"}


def _diagnostic(finding: Finding, lines: dict[str, list[str]], places: Places) -> dict[str, object]:
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
        (edit,) = finding.fix.edits
        found["suggestions"] = [_suggestion(edit, places.of_edit(finding.path, edit), lines[finding.path])]
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


def _suggestion(edit: Edit, place: EditedPlace, lines: list[str]) -> dict[str, object]:
    start = _position(lines, place.line, place.column)
    end = _position(lines, place.end_line, place.end_column)
    return {"range": {"start": start, "end": end}, "text": plain(edit.new)}


def _position(lines: list[str], line: int, column: int) -> dict[str, int]:
    text = lines[line - 1] if line <= len(lines) else ""
    before = text[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogateescape")) + max(column - len(before), 1)}
