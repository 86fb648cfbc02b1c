"""A finding a line, each a JSON object with the fields of the JSON form: for programs that read as they go."""

from __future__ import annotations

from unitlint.base.json_text import json_of
from unitlint.report.edited_places import Places
from unitlint.report.json_format import finding_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.engine.report import Report


def render(report: Report) -> str:
    """Nothing at all where there are no findings."""
    return "".join(parts(report))


def parts(report: Report) -> Iterator[str]:
    """The same, part by part."""
    places = Places(report.sources)
    return (f"{json_of(finding_object(finding, places))}\n" for finding in report.findings)
