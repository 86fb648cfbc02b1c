"""The plan put before the rules: a line that a rule objects to is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unitlint.harden.plan import HardeningPlan, LeftOut, document_of, without
from unitlint.units.merge import build_unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.harden.lines import HardeningLine
    from unitlint.units.unit import Unit

if TYPE_CHECKING:
    Check = Callable[[Unit], Iterable[Finding]]


def reviewed(plan: HardeningPlan, check: Check, path: str) -> HardeningPlan:
    """The plan without the lines that would add a finding.

    ``check`` gives the findings of a unit, ``path`` names the drop-in.
    """
    known = {_key(finding) for finding in check(plan.unit)}
    for _ in range(len(plan.lines)):
        added = _added(plan, plan.lines, check, path, known)
        if not added:
            break
        plan = without(plan, tuple(_blamed(plan, added[0], check, path, known)))
    return plan


def with_lines(unit: Unit, lines: tuple[HardeningLine, ...], path: str) -> Unit:
    """The unit as it is once the drop-in stands at ``path``."""
    fragment, *drop_ins = unit.documents
    return build_unit(unit.name, unit.path, fragment, [*drop_ins, document_of(lines, path)], unit.scope)


def _added(
    plan: HardeningPlan, lines: tuple[HardeningLine, ...], check: Check, path: str, known: set[tuple[object, ...]]
) -> list[Finding]:
    findings = check(with_lines(plan.unit, lines, path)) if lines else ()
    return [finding for finding in findings if _key(finding) not in known]


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.path, finding.line


def _blamed(
    plan: HardeningPlan, finding: Finding, check: Check, path: str, known: set[tuple[object, ...]]
) -> Iterable[LeftOut]:
    """The line that the finding stands on, else the first without which it is gone, else all."""
    reason = f"{finding.code} {finding.name}: {finding.message}"
    if finding.path == path:
        yield LeftOut(plan.lines[max(finding.line - 2, 0)], reason)
        return
    for line in plan.lines:
        others = tuple(one for one in plan.lines if one is not line)
        if _key(finding) not in {_key(one) for one in _added(plan, others, check, path, known)}:
            yield LeftOut(line, reason)
            return
    yield from (LeftOut(line, reason) for line in plan.lines)
