"""A table of the services, and one a service, for a merge request or a wiki."""

from __future__ import annotations

from unitlint.base.foreign_text import safe
from unitlint.security.policy import NO_POLICY, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unitlint.security.policy import Policy
    from unitlint.security.score import Exposure


def render(exposures: Sequence[Exposure], policy: Policy = NO_POLICY) -> str:
    """Markdown as GitHub and GitLab read it."""
    return "".join(f"{line}\n" for line in _lines(exposures, policy))


def _lines(exposures: Sequence[Exposure], policy: Policy) -> Iterator[str]:
    yield "# Exposure of services"
    yield ""
    yield "| service | exposure | rating | file |"
    yield "|---|---:|---|---|"
    for one in sorted(exposures, key=lambda one: -one.tenths):
        yield f"| {cell(one.unit.name)} | {one.value} | {one.rating} | {cell(one.unit.path)} |"
    for one in exposures:
        yield ""
        yield f"## {cell(one.unit.name)}: {one.value} {one.rating}"
        yield ""
        yield "| | setting | costs | what it means | where |"
        yield "|---|---|---:|---|---|"
        for assessment in one.assessments:
            badness, cause = assessment.badness, assessment.cause
            mark = "-" if badness is None else "✗" if badness else "✓"
            share = str(assessment.exposure / 10) if badness else ""
            place = f"{cell(cause.path)}:{cause.line}" if cause else ""
            says = cell(sentence(assessment, policy))
            yield f"| {mark} | `{assessment.kind.id.replace('|', chr(92) + '|')}` | {share} | {says} | {place} |"


def cell(text: str) -> str:
    """Text that neither ends the cell nor formats anything."""
    escaped = safe(text).replace("\\", "\\\\")
    for mark in "|`*_[]<>":
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped
