"""The units of a checked set, checked one after the other at every release.

What fails in one unit or in one rule is noted with the plan (``Plan.failures``), and everything else is still checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from unitlint.base.errors import UnitlintError, failure
from unitlint.base.finding import Finding
from unitlint.engine.dispatch import asked, asked_again, asked_alone, conclude, weighed
from unitlint.engine.plan import Plan
from unitlint.engine.targets import join_releases, needs_joining
from unitlint.files.source import UnitFiles
from unitlint.units.loaded import UnitsByName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.unit import Unit

OnProgress = Callable[[int, int], None]
"""Is given the number of units that are done, and that of all."""


def check_groups(
    part: Sequence[UnitFiles], units: UnitsByName, plans: list[Plan], progress: OnProgress | None = None
) -> Iterator[Finding]:
    """The findings of ``part``, some of ``units`` (which the rules may look up by name)."""
    is_to_be_joined = needs_joining(plans)
    for number, files in enumerate(part, 1):
        if not units.to_check(files).documents:
            continue
        if is_to_be_joined:
            at_releases = ((plan, units.for_release(plan.release)) for plan in plans)
            yield from join_releases((plan, _checked(files, plan, others)) for plan, others in at_releases)
        else:
            yield from _checked(files, plans[0], units)
        if progress is not None:
            progress(number, len(part))


def _checked(files: UnitFiles, plan: Plan, units: UnitsByName) -> list[Finding]:
    try:
        return _findings(files, plan, units)
    except UnitlintError:  # a mistake in a plugin or the settings, which concerns every unit
        raise
    except Exception as error:
        plan.failures.append((files.parts[0].path if files.parts else files.name, failure(error, "internal error")))
        return []


def _findings(files: UnitFiles, plan: Plan, units: UnitsByName) -> list[Finding]:
    unit = units.to_check(files)
    found = asked(unit, plan, units)
    if unit.looks is None:
        return weighed(found, unit, plan)
    from unitlint.engine.templates import choices_of, of_template

    others = [units.at_choice(files, choice) for choice in range(1, choices_of(unit))]
    found_at = [(unit, found), *[(other, asked_alone(other, plan, units)) for other in others]]

    def ask(other: Unit, codes: Iterable[str]) -> list[Finding]:
        return asked_again(other, plan, units, codes)

    return weighed(of_template(found_at, plan.release, ask), unit, plan)


def concluded(plans: list[Plan], units: UnitsByName) -> list[Finding]:
    """The findings about the checked set as a whole, after each unit was checked."""
    if not needs_joining(plans):
        return conclude(plans[0], units.at, partial=units.partial)
    return join_releases(
        (plan, conclude(plan, units.for_release(plan.release).at, partial=units.partial)) for plan in plans
    )
