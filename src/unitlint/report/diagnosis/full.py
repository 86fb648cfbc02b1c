"""The form for people: each incident with its cause, the lines that decide, and what to change."""

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
    when,
)
from unitlint.report.full import CONTEXT, Excerpt, SourceLines, excerpt_lines
from unitlint.report.terminal import paint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.diagnose.model import Cause, Diagnosis, Incident, Shown

LONGEST = 220
"""Characters of a message in the timeline."""
MOST_EXCERPTS = 6
"""Lines of unit files that are shown of one cause."""
MOST_UNSET = 4


def render(diagnosis: Diagnosis, *, color: bool = False, verbose: bool = False) -> str:
    """The diagnosis as text; ``verbose`` adds a line an event, and every directive that has part in it."""
    page = _Page(diagnosis, color=color, verbose=verbose)
    blocks = ["".join(f"{line}\n" for line in page.incident(incident)) for incident in diagnosis.incidents]
    return "".join(f"{block}\n" for block in blocks) + safe(summary(diagnosis)) + "\n"


class _Page:
    def __init__(self, diagnosis: Diagnosis, *, color: bool, verbose: bool) -> None:
        self._lines = SourceLines(diagnosis.texts)
        self._units_given = diagnosis.units_given
        self._color = color
        self._verbose = verbose

    def incident(self, incident: Incident) -> Iterator[str]:
        """The lines of one incident."""
        main = incident.causes[0]
        title = f"{self._paint(heading(incident), 'bold')}: {self._paint(main.kind.title, 'error')}"
        user = " (user manager)" if incident.user else ""
        boot = f", boot {incident.boot[:12]}" if incident.boot else ""
        yield f"{title}{user} [{main.kind.id}]"
        yield f"  {safe(times_of(main) + boot)}; {CAUSED_BY[main.caused_by]} (confidence: {main.confidence})"
        for number, cause in enumerate(incident.causes):
            if number:
                yield self._labelled("and", f"{cause.kind.title} [{cause.kind.id}], {times_of(cause)}")
            yield from self._cause(cause, incident)
        if followed(incident):
            yield self._labelled("note", followed(incident))
        if not_started(incident):
            yield self._labelled("note", not_started(incident))
        if incident.unit and self._units_given and not incident.unit_path:
            yield self._labelled("note", f"there is no unit file of {incident.unit} among those that were given")
        if self._verbose:
            yield from self._timeline(incident)

    def _paint(self, text: str, style: str) -> str:
        return paint(safe(text), style, self._color)

    def _labelled(self, label: str, text: str) -> str:
        return f"{self._paint(label, 'help' if label == 'help' else 'note')}: {safe(text)}"

    def _cause(self, cause: Cause, incident: Incident) -> Iterator[str]:
        yield f"  {safe(cause.says)}"
        yield f"  {safe(place(cause.evidence))}: {safe(evidence(cause.evidence))}"
        placed = [shown for shown in cause.look_at if shown.path]
        unset = [shown for shown in cause.look_at if not shown.path]
        yield from self._excerpts(placed if self._verbose else placed[:MOST_EXCERPTS])
        if unset:
            listed = unset if self._verbose else unset[:MOST_UNSET]
            what = "not set" if incident.unit_path else "look at"
            yield self._labelled("note", f"{what}: {'; '.join(setting(shown, incident.unit) for shown in listed)}")
        for text in cause.advice:
            yield self._labelled("help", text)
        for finding in cause.findings:
            star = " [*]" if finding.fixable else ""
            where = f"({finding.path}:{finding.line}:{finding.column})"
            yield self._labelled("rule", f"{finding.code}{star} {finding.message} {where}")
        if any(finding.fixable for finding in cause.findings):
            yield self._labelled("help", "[*] can be fixed by `unitlint check --fix`")

    def _excerpts(self, placed: list[Shown]) -> Iterator[str]:
        gutter = len(str(max((shown.line + CONTEXT for shown in placed), default=0)))
        main = placed[0] if placed else None
        beside = {
            shown.line
            for shown in placed
            if main and shown.path == main.path and 0 < abs(shown.line - main.line) <= CONTEXT
        }
        for shown in placed:
            if main and shown.path == main.path and shown.line in beside:
                continue
            text = self._lines.lines(shown.path)
            last = len(text[shown.line - 1].rstrip()) + 1 if 0 < shown.line <= len(text) else 1
            mark, style, context = ("^", "error", CONTEXT) if shown is main else ("-", "note", 0)
            also = frozenset(beside) if shown is main else frozenset()
            stretch = Excerpt(shown.path, shown.line, 1, shown.line, last, context, mark, style, also)
            yield from excerpt_lines(stretch, self._lines, gutter, self._color)

    def _timeline(self, incident: Incident) -> Iterator[str]:
        yield f"{self._paint('timeline', 'note')}:"
        for number, event in enumerate(incident.timeline):
            if number == incident.left_out_after and incident.left_out > 0:
                yield f"    … {incident.left_out} more"
            stamp = when(event.entry)
            head = f"{stamp}  " if stamp else ""
            yield f"    {safe(head)}{event.kind.id:<20} {safe(evidence(event.entry)[:LONGEST])}"
