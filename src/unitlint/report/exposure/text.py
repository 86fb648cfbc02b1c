"""A bar a service and a table below it, the heaviest settings first."""

from __future__ import annotations

from unitlint.base.foreign_text import safe
from unitlint.report.terminal import paint
from unitlint.security.policy import NO_POLICY, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unitlint.security.policy import Policy
    from unitlint.security.score import Assessment, Exposure

CELLS = 20
_EIGHTHS = " ▏▎▍▌▋▊▉"
_WIDEST_NAME = 60


def render(
    exposures: Sequence[Exposure],
    policy: Policy = NO_POLICY,
    *,
    color: bool = False,
    summary: bool = False,
    threshold: int | None = None,
) -> str:
    """Every service with its table; with ``summary``, and at the end of several, a line and a bar each.

    ``threshold`` is in tenths; services above it are marked.
    """
    lines: list[str] = []
    if not summary:
        known: dict[tuple[object, ...], str] = {}
        for one in exposures:
            lines += [*_service(one, policy, color, known), ""]
    if summary or len(exposures) > 1:
        lines += _overview(exposures, color)
    above = 0 if threshold is None else sum(one.tenths > threshold for one in exposures)
    if above and threshold is not None:
        lines.append(f"{above} of {len(exposures)} above the threshold of {threshold / 10}.")
    return "".join(f"{line}\n" for line in lines)


def bar(tenths: int, cells: int = CELLS) -> str:
    """``tenths`` of a hundred as blocks, down to an eighth of a cell."""
    full, rest = divmod(tenths * cells * 8 // 100, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(cells)


def style_of(tenths: int) -> str:
    """The colour of a number."""
    return "error" if tenths >= 75 else "warning" if tenths >= 50 else "help"


def _service(one: Exposure, policy: Policy, color: bool, known: dict[tuple[object, ...], str]) -> Iterator[str]:  # noqa: FBT001
    style = style_of(one.tenths)
    yield paint(f"# {safe(one.unit.name)}", "bold", color)
    yield from (paint(f"#   {safe(document.path)}", "dim", color) for document in one.unit.documents)
    number = paint(f"{one.value} {one.rating}", style, color)
    yield f"{paint(bar(one.tenths), style, color)} {number}  (exposure out of 10, systemd {one.release})"
    yield ""
    for assessment in one.assessments:
        key = (assessment.kind, assessment.weight, assessment.badness, assessment.exposure)
        text = known.get(key)
        if text is None:
            text = known[key] = _row(assessment, policy, color)
        cause = assessment.cause
        yield text if cause is None else text + paint(f"  {safe(cause.path)}:{cause.line}", "dim", color)


def _row(assessment: Assessment, policy: Policy, color: bool) -> str:  # noqa: FBT001
    badness = assessment.badness
    mark = (
        paint("-", "dim", color)
        if badness is None
        else paint("✗", "error", color)
        if badness
        else paint("✓", "help", color)
    )
    share = f"{assessment.exposure / 10}" if badness else ""
    return f"{mark} {share:>3}  {assessment.kind.id:<{_WIDEST_NAME}} {sentence(assessment, policy)}"


def _overview(exposures: Sequence[Exposure], color: bool) -> Iterator[str]:  # noqa: FBT001
    width = min(max((len(one.unit.name) for one in exposures), default=0), _WIDEST_NAME)
    for one in sorted(exposures, key=lambda one: -one.tenths):
        style = style_of(one.tenths)
        number = paint(f"{one.value:>4} {one.rating:<9}", style, color)
        shown = paint(bar(one.tenths), style, color)
        yield f"{safe(one.unit.name):<{width}} {number} {shown} {paint(safe(one.unit.path), 'dim', color)}"
