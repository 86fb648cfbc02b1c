"""The plan put before the rules: a line that a rule objects to is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from unitlint.harden.plan import HardeningPlan, LeftOut, document_of, without
from unitlint.units.merge import build_unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.harden.lines import HardeningLine
    from unitlint.units.unit import Unit

if TYPE_CHECKING:
    Check = Callable[[Unit], Iterable[Finding]]

FIRST_LINE = 2
"""Where the first line of a plan stands in its drop-in, below the header."""


def reviewed(plan: HardeningPlan, check: Check, path: str) -> HardeningPlan:
    """The plan without the lines that would add a finding; what no line brings up takes none of them out.

    ``check`` gives the findings of a unit, ``path`` names the drop-in.
    """
    known = {_key(finding) for finding in check(plan.unit)}
    while plan.lines:
        finding = next(iter(_added(plan, plan.lines, check, path, known)), None)
        if finding is None:
            break
        blamed = tuple(_blamed(plan, finding, check, path, known))
        if blamed:
            plan = without(plan, blamed)
        else:
            known.add(_key(finding))
    return plan


def with_lines(unit: Unit, lines: tuple[HardeningLine, ...], path: str) -> Unit:
    """The unit as it is once the drop-in stands at ``path``."""
    fragment, *drop_ins = unit.documents
    return build_unit(unit.name, unit.path, fragment, [*drop_ins, document_of(lines, path)], unit.scope)


def _added(
    plan: HardeningPlan, lines: tuple[HardeningLine, ...], check: Check, path: str, known: set[tuple[object, ...]]
) -> list[Finding]:
    findings = check(with_lines(plan.unit, lines, path))
    return [finding for finding in findings if _key(finding) not in known]


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.path, finding.line


def _blamed(
    plan: HardeningPlan, finding: Finding, check: Check, path: str, known: set[tuple[object, ...]]
) -> Iterator[LeftOut]:
    """The line that the finding stands on, else those that bring it up: each with the lines above it that do not."""
    reason = f"{finding.code} {finding.name}: {finding.message}"
    if finding.path == path and finding.line > FIRST_LINE - 1:
        yield LeftOut(plan.lines[finding.line - FIRST_LINE], reason)
        return

    def is_found(lines: tuple[HardeningLine, ...]) -> bool:
        return any(_key(other) == _key(finding) for other in _added(plan, lines, check, path, known))

    if is_found(()):
        return
    kept: tuple[HardeningLine, ...] = ()
    for line in plan.lines:
        if is_found((*kept, line)):
            yield LeftOut(line, reason)
        else:
            kept = (*kept, line)
