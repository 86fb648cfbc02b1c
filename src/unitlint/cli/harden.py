"""`unitlint harden`."""

from __future__ import annotations

import os

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import safe_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint harden`."""
    parser.add_argument("unit", metavar="UNIT", help="the path of a service, or with --root its name")
    parser.add_argument(
        "--level",
        choices=("safe", "moderate", "strict"),
        default="safe",
        help="how far to go; safe adds only what the service allows for certain (default: safe)",
    )
    parser.add_argument(
        "--write", action="store_true", help="write UNIT.d/50-hardening.conf; an existing file is never overwritten"
    )
    parser.add_argument(
        "--systemd-version", metavar="RELEASE", help="the release that will read the drop-in (default: newest)"
    )
    parser.add_argument("--root", metavar="DIR", help="also look at the programs in this root directory")
    parser.add_argument("--config", metavar="FILE", help="read the settings from this file")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def main(arguments: Namespace) -> int:
    """Prints or writes the drop-in."""
    from unitlint.api import load_unit
    from unitlint.cli.checking import settings_of
    from unitlint.cli.output import write
    from unitlint.engine.hardening import place_of_drop_in, plan_for, tree_of_drop_in
    from unitlint.files.root_release import at_release_of_root
    from unitlint.report import hardening
    from unitlint.settings.model import from_keywords

    if os.path.isdir(arguments.unit):
        hint = f"`unitlint security --summary {arguments.unit}` lists the services of a directory"
        raise UnitlintError("this is a directory; harden needs one service", arguments.unit, hint=hint)
    ((found, *_),) = settings_of(arguments, [arguments.unit if os.path.exists(arguments.unit) else "."])
    keywords = {"systemd_version": arguments.systemd_version, "root": arguments.root}
    settings, _ = at_release_of_root(from_keywords(found, keywords))
    unit = load_unit(arguments.unit, settings.root)
    if unit.type != "service" or not unit.has_fragment or unit.masked:
        raise UnitlintError("only services that have a unit file can be hardened", arguments.unit)
    if arguments.write and not os.path.lexists(unit.path):
        hint = "without --write it is printed; save it beside the unit yourself"
        raise UnitlintError(
            "the unit is inside another file, where no drop-in can be written", arguments.unit, hint=hint
        )
    path = place_of_drop_in(unit, settings.root)
    if arguments.write and os.path.lexists(path):
        raise _there_already(path)
    plan = plan_for(unit, arguments.level, settings, path)
    text = hardening.render(plan, path)
    if not arguments.write:
        write(text, None)
    elif plan.lines:
        write_new(path, text, tree_of_drop_in(unit, settings.root), "the root directory" if settings.root else "")
        print(f"{safe_path(path)}: {hardening.score(plan)}")
    else:
        print(f"{safe_path(arguments.unit)}: {hardening.nothing(plan)}, so nothing was written")
    return 0


def write_new(path: str, text: str, tree: str, name: str = "") -> None:
    """A file that was not there; raises UnitlintError where there is one, or where a link leads out of ``tree``."""
    from unitlint.fix.write import NotWrittenError, create_text

    try:
        create_text(path, text, tree, name)
    except FileExistsError:
        raise _there_already(path) from None
    except NotWrittenError as reason:
        raise UnitlintError(str(reason), path) from None
    except OSError as error:
        raise UnitlintError(f"cannot write the drop-in: {error.strerror}", path) from None


def _there_already(path: str) -> UnitlintError:
    hint = "move it away, or take over what you want of `unitlint harden` without --write"
    return UnitlintError("the file exists already; it is never overwritten", path, hint=hint)
