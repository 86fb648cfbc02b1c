"""The form for people: each incident with its cause, the lines that decide, and what to change."""

from __future__ import annotations

from unitlint.report.diagnosis.wording import CAUSED_BY, followed, heading, place, setting, summary, times_of, when
from unitlint.report.full import CONTEXT, Excerpt, SourceLines, excerpt_lines
from unitlint.report.terminal import paint, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.diagnose.model import Cause, Diagnosis, Incident, Shown

WIDTH = 110
MOST_EXCERPTS = 6
"""Lines of unit files that are shown of one cause."""
MOST_UNSET = 4


def render(diagnosis: Diagnosis, *, color: bool = False, verbose: bool = False) -> str:
    """The diagnosis as text; ``verbose`` adds a line an event, and every directive that has part in it."""
    lines = SourceLines(diagnosis.texts)
    blocks = [
        "".join(f"{line}\n" for line in _incident(incident, diagnosis, lines, color, verbose))
        for incident in diagnosis.incidents
    ]
    return "".join(f"{block}\n" for block in blocks) + safe(summary(diagnosis)) + "\n"


def _incident(
    incident: Incident, diagnosis: Diagnosis, lines: SourceLines, color: bool, verbose: bool  # noqa: FBT001
) -> Iterator[str]:
    main = incident.causes[0]
    title = f"{paint(safe(heading(incident)), 'bold', color)}: {paint(safe(main.kind.title), 'error', color)}"
    user = " (user manager)" if incident.user else ""
    boot = f", boot {incident.boot[:12]}" if incident.boot else ""
    yield f"{title}{user} [{main.kind.id}]"
    yield f"  {safe(times_of(main) + boot)}; {CAUSED_BY[main.caused_by]} (confidence: {main.confidence})"
    for number, cause in enumerate(incident.causes):
        if number:
            yield f"  {paint('and', 'note', color)}: {safe(cause.kind.title)} [{cause.kind.id}], {safe(times_of(cause))}"
        yield from _cause(cause, incident, diagnosis, lines, color, verbose)
    then = followed(incident)
    if then:
        yield f"{paint('note', 'note', color)}: {safe(then)}"
    if incident.unit and diagnosis.units_given and not incident.unit_path:
        yield f"{paint('note', 'note', color)}: no unit file of {safe(incident.unit)} among those that were given"
    if verbose:
        yield from _timeline(incident, color)


def _cause(
    cause: Cause, incident: Incident, diagnosis: Diagnosis, lines: SourceLines, color: bool, verbose: bool  # noqa: FBT001
) -> Iterator[str]:
    yield f"  {safe(cause.says)}"
    yield f"  {paint('log', 'gutter', color)}: {safe(place(cause.first))}: {safe(_shown_message(cause))}"
    placed = [shown for shown in cause.look_at if shown.path]
    unset = [shown for shown in cause.look_at if not shown.path]
    yield from _excerpts(placed if verbose else placed[:MOST_EXCERPTS], lines, color)
    if unset:
        listed = unset if verbose else unset[:MOST_UNSET]
        words = "; ".join(setting(shown, incident.unit) for shown in listed)
        what = "not set in the unit" if diagnosis.units_given and incident.unit_path else "look at"
        yield f"{paint('note', 'note', color)}: {what}: {safe(words)}"
    for text in cause.advice:
        yield f"{paint('help', 'help', color)}: {safe(text)}"
    for finding in cause.findings:
        star = " [*]" if finding.fixable else ""
        where = f"{finding.path}:{finding.line}:{finding.column}"
        rule = f"{paint(finding.code, 'bold', color)}{star} {safe(finding.message)} ({safe(where)})"
        yield f"{paint('rule', 'note', color)}: {rule}"
    if any(finding.fixable for finding in cause.findings):
        yield f"{paint('help', 'help', color)}: [*] can be fixed by `unitlint check --fix`"


def _shown_message(cause: Cause) -> str:
    entry = cause.first
    shown = (entry.fields or {}).get("shown", "")
    sender = f"{entry.sender}: " if entry.sender and not shown else ""
    return f"{sender}{(shown or entry.message).partition(chr(10))[0][:400]}"


def _excerpts(placed: list[Shown], lines: SourceLines, color: bool) -> Iterator[str]:  # noqa: FBT001
    gutter = len(str(max((shown.line + CONTEXT for shown in placed), default=0)))
    for number, shown in enumerate(placed):
        text = lines.lines(shown.path)
        last = len(text[shown.line - 1].rstrip()) + 1 if 0 < shown.line <= len(text) else 1
        mark, style, context = ("^", "error", CONTEXT) if number == 0 else ("-", "note", 0)
        stretch = Excerpt(shown.path, shown.line, 1, shown.line, last, context, mark, style)
        yield from excerpt_lines(stretch, lines, gutter, color)


def _timeline(incident: Incident, color: bool) -> Iterator[str]:  # noqa: FBT001
    yield f"{paint('timeline', 'note', color)}:"
    half = len(incident.timeline) if not incident.left_out else min(40, len(incident.timeline))
    for number, event in enumerate(incident.timeline):
        if number == half and incident.left_out > 0:
            yield f"    … {incident.left_out} more"
        shown = (event.entry.fields or {}).get("shown") or event.entry.message
        stamp = when(event.entry)
        head = f"{stamp}  " if stamp else ""
        yield f"    {safe(head)}{event.kind.id:<20} {safe(shown.partition(chr(10))[0][:WIDTH * 2])}"
