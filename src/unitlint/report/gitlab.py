"""GitLab's Code Quality report."""

from __future__ import annotations

from itertools import chain

from unitlint.base.plain_text import plain
from unitlint.engine.fingerprint import fingerprints
from unitlint.engine.report import place_of_error
from unitlint.report.json_parts import ITEMS, json_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.base.finding import Finding
    from unitlint.engine.report import Report

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """A JSON array (docs.gitlab.com, Code Quality report format); paths as they were given."""
    return "".join(parts(report))


def parts(report: Report) -> Iterator[str]:
    """The same, part by part."""
    issues = (_issue(finding, mark) for finding, mark in fingerprints(report))
    return json_parts(ITEMS, chain(issues, map(_unchecked, report.errors)))


def _unchecked(message: str) -> dict[str, object]:
    """A file that could not be checked."""
    from hashlib import sha256

    path, note = place_of_error(message)
    return {
        "description": plain(note),
        "check_name": "unchecked",
        "fingerprint": sha256(message.encode("utf-8", "surrogateescape")).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": plain(path.removeprefix("./")) or ".", "lines": {"begin": 1}},
    }


def _issue(finding: Finding, mark: str) -> dict[str, object]:
    return {
        "description": plain(f"{finding.code} {finding.message}"),
        "check_name": finding.code,
        "fingerprint": mark,
        "severity": "blocker" if finding.effect == "refused" else SEVERITIES[finding.severity],
        "location": {
            "path": plain(finding.path.removeprefix("./")),
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }
