"""A hardening plan that no rule objects to, and the place of its drop-in."""

from __future__ import annotations

import os

from unitlint.base.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.harden.plan import HardeningPlan
    from unitlint.settings.model import Settings
    from unitlint.units.unit import Unit


def plan_for(unit: Unit, level: str, settings: Settings, path: str) -> HardeningPlan:
    """The plan of a service, with no line that a rule of any profile objects to.

    Where there is none at this level, the plan names the first higher level that has some.
    """
    from unitlint.engine.chosen_rules import chosen_rules
    from unitlint.engine.dispatch import check_unit
    from unitlint.engine.plan import make_plan as make_checks
    from unitlint.harden.lines import LEVELS
    from unitlint.harden.plan import make_plan
    from unitlint.harden.review import reviewed

    root = None
    if settings.root is not None:
        from unitlint.files.root_tree import RootTree

        root = RootTree(settings.root)
    release = int(settings.systemd_version[-1])
    rules = chosen_rules(settings._replace(profile="strict"))
    checks = make_checks(rules, release, settings.options, root)
    nobody: dict[str, Unit] = {}

    def at(level: str) -> HardeningPlan:
        made = make_plan(unit, level, release, root)
        return reviewed(made, lambda changed: check_unit(changed, checks, nobody), path)

    plan = at(level)
    if not plan.lines:
        higher = LEVELS[LEVELS.index(level) + 1 :]
        plan = plan._replace(next_level=next((name for name in higher if at(name).lines), ""))
    for _, reason in checks.failures:
        raise UnitlintError(reason, unit.path)
    return plan


def place_of_drop_in(unit: Unit, root: str | None = None) -> str:
    """``X.service.d/50-hardening.conf`` beside the unit, or where the unit is a package's, below etc/systemd.

    Of the template ``X.service.j2`` it is the same.
    """
    from unitlint.files.classify import without_suffix
    from unitlint.harden.plan import NAME

    tree = tree_of_drop_in(unit, root)
    folder, name = os.path.split(without_suffix(unit.path)[0])
    folder = folder if tree == folder else os.path.join(tree, "etc/systemd", unit.scope)
    return os.path.join(folder, f"{name}.d", NAME)


def tree_of_drop_in(unit: Unit, root: str | None = None) -> str:
    """The folder out of which no link to the drop-in may lead: the root, the tree of the search path, or the unit's."""
    from unitlint.files.search_path import SEARCH_PATH

    folder = os.path.dirname(unit.path)
    tree = folder.replace(os.sep, "/") + "/"
    for part in SEARCH_PATH:
        at = ("/" + tree).rfind(f"/{part}")
        if at >= 0:
            return root if root is not None else tree[:at]
    return folder
