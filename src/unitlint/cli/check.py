"""`unitlint check`."""

from __future__ import annotations

import os
import sys

from unitlint.base.errors import UnitlintError
from unitlint.base.whole_numbers import whole_number
from unitlint.cli.checking import checked, groups_of, input_of, is_empty, say_what_went_wrong, show, worst_status
from unitlint.cli.output import add_outputs
from unitlint.engine.report import joined
from unitlint.settings.model import FAIL_ON, PROFILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from unitlint.changes.git import Repository
    from unitlint.cli.checking import Group
    from unitlint.engine.report import Report


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and directories (default: ., or the units of --root); - reads standard input",
    )
    chosen = parser.add_argument_group("rules")
    chosen.add_argument(
        "--select", metavar="RULES", help="run only these rules: codes, names, categories, prefixes or ALL, with commas"
    )
    chosen.add_argument("--extend-select", metavar="RULES", help="also run these rules")
    chosen.add_argument("--ignore", metavar="RULES", help="do not run these rules")
    chosen.add_argument(
        "--severity", action="append", metavar="RULES=LEVEL", help="report these as error, warning or info: UL301=error"
    )
    chosen.add_argument("--no-ignores", action="store_true", help="also report findings that comments suppress")
    chosen.add_argument(
        "--add-ignore", action="store_true", help="write a comment above each finding that suppresses it"
    )
    chosen.add_argument("--profile", choices=PROFILES, help="how much to report: conform, default or strict")
    chosen.add_argument(
        "--systemd-version",
        metavar="RELEASES",
        help="releases that read the units: 252, rhel9, 247,252 or rhel8..257; 239 is that of RHEL 8 (default: newest)",
    )
    chosen.add_argument("--root", metavar="DIR", help="look up users, programs and files in this root directory")
    files = parser.add_argument_group("files and settings")
    files.add_argument("--config", metavar="FILE", help="read the settings from this file")
    files.add_argument("--isolated", action="store_true", help="read no settings file")
    files.add_argument("--show-settings", action="store_true", help="print the settings in effect, and check nothing")
    files.add_argument(
        "--show-files", action="store_true", help="print which files would be checked, and check nothing"
    )
    files.add_argument(
        "--exclude", metavar="PATTERNS", help="leave out these files: patterns as in .gitignore, separated by commas"
    )
    files.add_argument(
        "--force-exclude", action="store_true", help="also leave out excluded files that are named as PATH"
    )
    files.add_argument(
        "--follow-links", action="store_true", help="also read files that links outside of the checkout lead to"
    )
    files.add_argument("--no-respect-gitignore", action="store_true", help="also check files that .gitignore names")
    files.add_argument("--stdin-filename", metavar="NAME", help="read standard input, and check it under this name")
    files.add_argument(
        "--as", dest="as_name", metavar="NAME", help="check one file as if it had this name: app.service"
    )
    files.add_argument("--allow-empty", action="store_true", help="exit with 0 if nothing was checked (default: 2)")
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="fix what can be fixed safely, and report the rest")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="include fixes that may change more than intended")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    fixes.add_argument("--fix-only", action="store_true", help="apply safe fixes, and report nothing")
    output = parser.add_argument_group("output")
    add_outputs(output)
    output.add_argument("--baseline", metavar="FILE", help="leave out the findings in this baseline file")
    output.add_argument(
        "--write-baseline", metavar="FILE", help="write all findings into this baseline file, and report none"
    )
    output.add_argument("--diff-base", metavar="REV", help="report only findings on lines changed since REV")
    output.add_argument(
        "--fail-on", choices=FAIL_ON, help="lowest severity that makes the exit status 1 (default: warning)"
    )
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found, as --fail-on never")
    output.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    output.add_argument("--statistics", action="store_true", help="print counts by rule in place of the findings")
    output.add_argument("--statistics-by", choices=COUNTED, help="print counts by rule or by file")
    output.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="name the files that were skipped, and show every finding of severity info",
    )
    output.add_argument("-q", "--quiet", action="store_true", help="print only findings")
    output.add_argument("--json-schema", action="store_true", help="print the JSON Schema of --output-format json")
    output.add_argument("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")
    output.add_argument("-j", "--jobs", type=processes, metavar="N", help=JOBS)


COUNTED = ("rule", "file")
"""What --statistics-by counts by."""
JOBS = "worker processes, or auto (default): one for few units, every core from about 1000"


def processes(text: str) -> int | None:
    """The number of processes that a command line asks for, None for ``auto``."""
    if text == "auto":
        return None
    number = whole_number(text)
    if number and len(text) <= 4:
        return number
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f"expected a number of processes or auto, not {text!r}")


def main(arguments: Namespace) -> int:
    """Checks, prints, and returns 0, 1 or 2."""
    if arguments.json_schema:
        from json import dumps

        from unitlint.report.json_schema import json_schema

        sys.stdout.write(dumps(json_schema(), indent=1) + "\n")
        return 0
    paths = arguments.paths = _paths(arguments)
    if not paths:
        return 0
    if arguments.watch:
        from unitlint.cli.watching import watch

        return watch(arguments, paths)
    if arguments.add_ignore:
        _refuse_beside_add_ignore(arguments, paths)
    changes = _changes(arguments, paths)
    groups = groups_of(arguments, paths)
    if arguments.show_settings or arguments.show_files:
        from unitlint.cli.showing import show_files, show_settings

        return show_settings(groups) if arguments.show_settings else show_files(groups, arguments)
    if arguments.fix or arguments.diff or arguments.fix_only:
        from unitlint.cli import fixing

        return fixing.main(arguments, groups)
    reports = [_changed(_check(group, arguments), changes) for group in groups]
    if is_empty(reports):
        from unitlint.cli.emptiness import refuse_empty

        reports = refuse_empty(reports, groups, arguments)
    if arguments.write_baseline:
        return _write_baseline(joined(reports), arguments)
    if arguments.add_ignore:
        return _add_ignores(reports, groups, arguments)
    return show(reports, groups, arguments)


def _paths(arguments: Namespace) -> list[str]:
    """What is to be checked; nothing for a root directory without units, if that is allowed."""
    paths: list[str] = arguments.paths
    if arguments.stdin_filename is not None and paths not in ([], ["-"]):
        raise UnitlintError("--stdin-filename is for standard input, which cannot be checked together with other paths")
    if arguments.stdin_filename is not None:
        paths = ["-"]
    if "-" in paths and len(paths) > 1:
        raise UnitlintError("`-` (standard input) cannot be checked together with other paths, nor twice")
    if arguments.as_name is not None:
        _refuse_beside_as(arguments, paths)
    return paths or (["."] if arguments.root is None else _units_below(arguments.root, arguments))


def _refuse_beside_as(arguments: Namespace, paths: list[str]) -> None:
    if len(paths) != 1 or os.path.isdir(paths[0]):
        raise UnitlintError("--as takes one file", hint="unitlint check --as app.service FILE")
    if arguments.stdin_filename is not None or arguments.watch:
        other = "--watch" if arguments.watch else "--stdin-filename"
        raise UnitlintError(f"--as does not go with {other}")
    if paths != ["-"] and not os.path.lexists(paths[0]):
        raise UnitlintError(f"no such file or directory: {paths[0]}")


def _units_below(root: str, arguments: Namespace) -> list[str]:
    """What is checked where only --root is given: all of the tree's search path."""
    from unitlint.files.of_one_unit import search_path
    from unitlint.files.root_release import check_root

    check_root(root)
    found = search_path(root, is_root=True)
    if not found:
        from unitlint.cli.emptiness import ALLOW

        message = f"no directory of units below {root}, such as etc/systemd or usr/lib/systemd"
        if not arguments.allow_empty:
            raise UnitlintError(message, hint=ALLOW)
        from unitlint.base.foreign_text import say

        say(f"warning: {message}")
    return found


def _changes(arguments: Namespace, paths: list[str]) -> list[Repository] | None:
    """What changed since --diff-base, asked before the work begins: a mistake in it is told at once."""
    if arguments.diff_base is None:
        return None
    if arguments.write_baseline or "-" in paths:
        raise UnitlintError("--diff-base goes neither with --write-baseline nor with standard input")
    if arguments.fix or arguments.diff or arguments.fix_only:
        raise UnitlintError("--diff-base cannot be combined with fixes, which move the lines")
    from unitlint.changes.git import changes_since

    return changes_since(arguments.diff_base, paths)


def _refuse_beside_add_ignore(arguments: Namespace, paths: list[str]) -> None:
    others = ("fix", "diff", "fix_only", "no_ignores", "write_baseline")
    other = next((f"--{name.replace('_', '-')}" for name in others if getattr(arguments, name)), None)
    if other or "-" in paths:
        hint = (
            "run --fix first, then write comments for what is left"
            if other in ("--fix", "--diff", "--fix-only")
            else None
        )
        raise UnitlintError(f"--add-ignore does not go with {other or 'standard input'}", hint=hint)


def _changed(report: Report, changes: list[Repository] | None) -> Report:
    if changes is None:
        return report
    from unitlint.changes.only_changed import only_changed

    return only_changed(report, changes)


def _write_baseline(report: Report, arguments: Namespace) -> int:
    from unitlint.base.foreign_text import safe
    from unitlint.engine import baseline
    from unitlint.report.summary import counted

    say_what_went_wrong(report, arguments)
    path = arguments.write_baseline
    number = baseline.write(report, path)
    shown = safe(path)
    print(f"Wrote {counted(number, 'finding')} to {shown}; --baseline {shown} leaves them out.", file=sys.stderr)
    return 2 if report.errors else 0


def _add_ignores(reports: list[Report], groups: list[Group], arguments: Namespace) -> int:
    from unitlint.cli.adding_ignores import add_ignores

    say_what_went_wrong(joined(reports), arguments)
    pairs = zip(reports, groups, strict=True)
    left = [add_ignores(report, group.paths, group.settings.root, quiet=arguments.quiet) for report, group in pairs]
    return worst_status(left, groups)


def _check(group: Group, arguments: Namespace) -> Report:
    sources, shown, _ = input_of(group, arguments)
    if not wants_progress(arguments):
        return checked(sources, group.settings, arguments, shown=shown)

    from unitlint.cli.progress import Progress

    with Progress() as progress:
        return checked(sources, group.settings, arguments, progress, shown)


def wants_progress(arguments: Namespace) -> bool:
    """A bar is for a person at a terminal who may have to wait."""
    return not arguments.quiet and arguments.color != "never" and sys.stderr.isatty()
