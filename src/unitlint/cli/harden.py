"""`unitlint harden`."""

from __future__ import annotations

import os
import sys

from unitlint.base.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from unitlint.harden.plan import HardeningPlan
    from unitlint.settings.model import Settings
    from unitlint.units.unit import Unit


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint harden`."""
    parser.add_argument("unit", metavar="UNIT", help="the path of a service; with --root, also its name")
    parser.add_argument("--level", choices=("safe", "moderate", "strict"), default="safe", help="default: safe")
    parser.add_argument("--write", action="store_true", help="write it as UNIT.d/50-hardening.conf, never over a file")
    parser.add_argument("--systemd-version", metavar="RELEASE", help="what to write it for (default: the newest)")
    parser.add_argument("--root", metavar="DIR", help="look at the programs in this tree, too")
    parser.add_argument("--config", metavar="FILE", help="read the settings from here")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def main(arguments: Namespace) -> int:
    """Prints or writes the drop-in."""
    from unitlint.api import load_unit
    from unitlint.cli.checking import settings_of
    from unitlint.report import hardening
    from unitlint.settings.model import from_keywords

    ((found, _),) = settings_of(arguments, [arguments.unit if os.path.exists(arguments.unit) else "."])
    keywords = {"systemd_version": arguments.systemd_version, "root": arguments.root}
    settings = from_keywords(found, keywords)
    unit = load_unit(arguments.unit, settings.root)
    if unit.type != "service" or not unit.has_fragment or unit.masked:
        raise UnitlintError("only services that have a unit file can be hardened", arguments.unit)
    path = place_of_drop_in(unit, settings.root)
    if arguments.write and os.path.lexists(path):
        raise _there_already(path)
    plan = plan_for(unit, arguments.level, settings, path)
    text = hardening.render(plan, path)
    if not arguments.write:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    elif plan.lines:
        write_new(path, text, settings.root)
        print(f"{path}: {hardening.score(plan)}")
    else:
        print(f"{arguments.unit}: nothing to propose at level {arguments.level}; nothing was written")
    return 0


def plan_for(unit: Unit, level: str, settings: Settings, path: str) -> HardeningPlan:
    """The plan of a service, with no line that a rule of any profile objects to."""
    from unitlint.engine.chosen_rules import chosen_rules
    from unitlint.engine.dispatch import check_unit
    from unitlint.engine.plan import make_plan as make_checks
    from unitlint.harden.plan import make_plan
    from unitlint.harden.review import reviewed

    root = None
    if settings.root is not None:
        from unitlint.files.root_tree import RootTree

        root = RootTree(settings.root)
    release = settings.systemd_version[-1]
    rules = chosen_rules(settings._replace(profile="strict"))
    checks = make_checks(rules, release, settings.options, root)
    nobody: dict[str, Unit] = {}
    plan = reviewed(make_plan(unit, level, release, root), lambda changed: check_unit(changed, checks, nobody), path)
    for _, reason in checks.failures:
        raise UnitlintError(reason, unit.path)
    return plan


def place_of_drop_in(unit: Unit, root: str | None = None) -> str:
    """``X.service.d/50-hardening.conf`` beside the unit, or where the unit is a package's, below etc/systemd."""
    from unitlint.files.search_path import SEARCH_PATH
    from unitlint.harden.plan import NAME

    folder, name = os.path.split(unit.path)
    tree = folder.replace(os.sep, "/") + "/"
    for part in SEARCH_PATH:
        at = ("/" + tree).rfind(f"/{part}")
        if at >= 0:
            folder = os.path.join(root if root is not None else tree[:at], "etc/systemd", unit.scope)
            break
    return os.path.join(folder, f"{name}.d", NAME)


def write_new(path: str, text: str, root: str | None = None) -> None:
    """A file that was not there; raises UnitlintError where there is one, or where a link leads out of ``root``."""
    folder = os.path.dirname(path)
    if root is not None and not f"{os.path.realpath(folder)}/".startswith(f"{os.path.realpath(root).rstrip('/')}/"):
        raise UnitlintError("a link leads out of the root tree; nothing was written", path)
    try:
        os.makedirs(folder, exist_ok=True)
        with open(path, "x", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except FileExistsError:
        raise _there_already(path) from None
    except OSError as error:
        raise UnitlintError(f"cannot write the drop-in: {error.strerror}", path) from None


def _there_already(path: str) -> UnitlintError:
    hint = "move it away, or take over what you want of `unitlint harden` without --write"
    return UnitlintError("there is a file already; it is never overwritten", path, hint=hint)
