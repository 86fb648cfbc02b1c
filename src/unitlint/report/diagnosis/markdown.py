"""The form for a ticket or a merge request: a section an incident."""

from __future__ import annotations

from unitlint.base.foreign_text import safe
from unitlint.report.diagnosis.wording import (
    CAUSED_BY,
    evidence,
    followed,
    heading,
    not_started,
    place,
    setting,
    summary,
    times_of,
)
from unitlint.report.exposure.markdown import cell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.diagnose.model import Cause, Diagnosis, Entry, Incident


def render(diagnosis: Diagnosis) -> str:
    """Markdown as GitHub and GitLab read it; nothing of a log formats anything."""
    return "".join(f"{line}\n" for line in _lines(diagnosis))


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    yield "# Diagnosis"
    yield ""
    yield cell(summary(diagnosis))
    if len(diagnosis.incidents) > 1:
        yield ""
        yield "| unit | what happened | caused by | confidence |"
        yield "|---|---|---|---|"
        for incident in diagnosis.incidents:
            main = incident.causes[0]
            yield f"| {cell(heading(incident))} | {cell(main.kind.title)} | {main.caused_by} | {main.confidence} |"
    for incident in diagnosis.incidents:
        yield ""
        yield from _incident(incident)


def _incident(incident: Incident) -> Iterator[str]:
    yield f"## {cell(heading(incident))}: {cell(incident.causes[0].kind.title)}"
    for cause in incident.causes:
        yield ""
        whose = f"{CAUSED_BY[cause.caused_by]}, confidence {cause.confidence}"
        yield f"**{cell(cause.says)}** ({cell(times_of(cause))}; {whose})"
        yield ""
        yield from code_block(list(dict.fromkeys(map(_line, (cause.first, cause.evidence, cause.last)))))
        yield from _what_to_do(cause, incident)
    for then in filter(None, (followed(incident), not_started(incident))):
        yield ""
        yield cell(then[0].upper() + then[1:])


def _what_to_do(cause: Cause, incident: Incident) -> Iterator[str]:
    if cause.look_at:
        yield ""
        yield "| setting | where |"
        yield "|---|---|"
        for shown in cause.look_at:
            where = f"{cell(shown.path)}:{shown.line}" if shown.path else ""
            yield f"| {cell(setting(shown, incident.unit))} | {where} |"
    if cause.advice or cause.findings:
        yield ""
    for text in cause.advice:
        yield f"- {with_code(text)}"
    for finding in cause.findings:
        fix = ", fixable with `--fix`" if finding.fixable else ""
        yield f"- {finding.code}: {cell(finding.message)} ({cell(finding.path)}:{finding.line}{fix})"


def with_code(text: str) -> str:
    """A text for Markdown whose stretches between backticks stay code; where these do not pair up nothing is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or not all(parts[1::2]):
        return cell(text)
    return "".join(f"`{safe(part)}`" if number % 2 else cell(part) for number, part in enumerate(parts))


def _line(entry: Entry) -> str:
    return f"{place(entry)}: {entry.stamp} {evidence(entry)}"


def code_block(lines: list[str]) -> Iterator[str]:
    """A fenced block that the lines cannot end."""
    longest = max((len(run) for line in lines for run in _ticks(line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}text"
    for line in lines:
        yield safe(line)
    yield fence


def _ticks(line: str) -> list[str]:
    import re

    return re.findall("`+", line)
