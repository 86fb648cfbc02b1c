"""The units of a checked set, asked one after the other at every release."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from unitlint.base.finding import Finding
from unitlint.engine.dispatch import check_unit, conclude, join_releases
from unitlint.engine.plan import Plan
from unitlint.files.source import UnitFiles
from unitlint.units.loaded import UnitsByName

OnProgress = Callable[[int, int], None]


def check_groups(
    part: Sequence[UnitFiles], units: UnitsByName, plans: list[Plan], progress: OnProgress | None = None
) -> Iterator[Finding]:
    """The findings of ``part``, some of ``units`` (which the rules may look up by name)."""
    for number, files in enumerate(part, 1):
        if not units.to_check(files).documents:
            continue
        if len(plans) == 1:
            yield from _checked(files, plans[0], units)
        else:
            yield from join_releases(
                {
                    plan.release: _checked(files, plan, others)
                    for plan, others in [(plan, units.for_release(plan.release)) for plan in plans]
                }
            )
        if progress is not None:
            progress(number, len(part))


def _checked(files: UnitFiles, plan: Plan, units: UnitsByName) -> list[Finding]:
    unit = units.to_check(files)
    found = check_unit(unit, plan, units)
    if unit.looked_at is None:
        return found
    from unitlint.engine.templates import choices_of, join_choices

    alone = plan._replace(whole=())
    others = [units.at_choice(files, choice) for choice in range(1, choices_of(unit))]
    return join_choices([found, *[check_unit(other, alone, units) for other in others]], unit)


def concluded(plans: list[Plan], units: UnitsByName) -> list[Finding]:
    """The findings about the checked set as a whole, after each unit was checked."""
    if len(plans) == 1:
        return list(conclude(plans[0], units.at, partial=units.partial))
    return join_releases(
        {
            plan.release: list(conclude(plan, units.for_release(plan.release).at, partial=units.partial))
            for plan in plans
        }
    )
