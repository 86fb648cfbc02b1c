"""`unitlint check`."""

from __future__ import annotations

import sys

from unitlint.commands.chosen_settings import groups_of
from unitlint.commands.output import add_outputs, outputs_of, rendered, write
from unitlint.config import FAIL_ON, PROFILES, Settings
from unitlint.errors import UnitlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from unitlint.changes.git import Repository
    from unitlint.commands.chosen_settings import Groups
    from unitlint.files.source import Source
    from unitlint.finding import Report
    from unitlint.pipeline import Progress


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and folders (default: ., or the units of --root); - reads standard input",
    )
    chosen = parser.add_argument_group("rules")
    chosen.add_argument("--select", metavar="RULES", help="only these: codes, names, prefixes or ALL, with commas")
    chosen.add_argument("--extend-select", metavar="RULES", help="these too")
    chosen.add_argument("--ignore", metavar="RULES", help="not these")
    chosen.add_argument("--no-ignores", action="store_true", help="show what comments in the files suppress, too")
    chosen.add_argument(
        "--add-ignore", action="store_true", help="write a comment above each finding that suppresses it"
    )
    chosen.add_argument("--profile", choices=PROFILES, help="conform < default < strict")
    chosen.add_argument("--systemd-version", metavar="RELEASES", help="252, 247,252 or 252..262 (default: the newest)")
    chosen.add_argument("--root", metavar="DIR", help="look up users, binaries and files in this tree")
    files = parser.add_argument_group("files and settings")
    files.add_argument("--config", metavar="FILE", help="read the settings from here")
    files.add_argument("--isolated", action="store_true", help="read no settings file")
    files.add_argument("--exclude", metavar="PATTERNS", help="leave out files, as .gitignore would")
    files.add_argument("--force-exclude", action="store_true", help="leave them out even if named on the command line")
    files.add_argument("--no-respect-gitignore", action="store_true", help="check what .gitignore names as well")
    files.add_argument("--stdin-filename", metavar="NAME", help="what standard input is called")
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="mend what can be mended, and report the rest")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="with mends that may change more than was meant")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    fixes.add_argument("--fix-only", action="store_true", help="mend, and report nothing")
    output = parser.add_argument_group("output")
    add_outputs(output)
    output.add_argument("--baseline", metavar="FILE", help="leave out the findings that this file knows")
    output.add_argument("--write-baseline", metavar="FILE", help="write all findings into this file, and report none")
    output.add_argument(
        "--diff-base", metavar="REV", help="report only what lines changed since this git revision hold"
    )
    output.add_argument("--fail-on", choices=FAIL_ON, help="exit 1 from this severity on (default: warning)")
    output.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    output.add_argument("--statistics", action="store_true", help="count the findings by rule")
    output.add_argument("-v", "--verbose", action="store_true", help="say which files were skipped, and why")
    output.add_argument("-q", "--quiet", action="store_true", help="print findings only")
    output.add_argument("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")
    output.add_argument("-j", "--jobs", type=int, default=1, metavar="N", help="worker processes (default: 1)")


def main(arguments: Namespace) -> int:
    """Checks, prints, and returns 0, 1 or 2."""
    paths = arguments.paths or (["."] if arguments.root is None else _units_below(arguments.root))
    if "-" in paths and len(paths) > 1:
        raise UnitlintError("`-` (standard input) cannot be checked together with other paths")
    if arguments.watch:
        from unitlint.commands.watching import watch

        return watch(arguments, paths)
    if arguments.add_ignore:
        _refuse_beside_add_ignore(arguments, paths)
    changes = _changes(arguments, paths)
    groups = groups_of(arguments, paths)
    if arguments.fix or arguments.diff or arguments.fix_only:
        from unitlint.commands import fixing

        return fixing.main(arguments, groups)
    reports = [_check(settings, some, arguments) for settings, some in groups]
    if changes is not None:
        from unitlint.changes.only_changed import only_changed

        reports = [only_changed(one, changes) for one in reports]
    report = joined(reports)
    if arguments.write_baseline:
        say_what_went_wrong(report, arguments)
        return _write_baseline(report, arguments.write_baseline)
    if arguments.add_ignore:
        from unitlint.commands.adding_ignores import add_ignores

        say_what_went_wrong(report, arguments)
        reports = [
            add_ignores(one, some, quiet=arguments.quiet) for one, (_, some) in zip(reports, groups, strict=True)
        ]
        return _worst(reports, groups)
    return show(reports, groups, arguments)


def _units_below(root: str) -> list[str]:
    """What is checked where only --root is given: all of the tree's search path."""
    from unitlint.files.around import search_path

    found = search_path(root)
    if not found:
        raise UnitlintError(f"no folder of units below {root}", hint="such as etc/systemd or usr/lib/systemd")
    return found


def show(reports: list[Report], groups: Groups, arguments: Namespace) -> int:
    """Prints the reports of the groups as one; returns the exit status."""
    report = joined(reports)
    say_what_went_wrong(report, arguments)
    for name, file in outputs_of(arguments):
        write(rendered(report, name, file, arguments), file)
    return _worst(reports, groups)


def _worst(reports: list[Report], groups: Groups) -> int:
    return max(exit_status(one, settings.fail_on) for one, (settings, _) in zip(reports, groups, strict=True))


def joined(reports: list[Report]) -> Report:
    """One report out of those of the paths that have settings of their own."""
    return reports[0] if len(reports) == 1 else _joined(reports)


def say_what_went_wrong(report: Report, arguments: Namespace) -> None:
    """Which files could not be read, and under -v which were skipped."""
    for message in report.errors:
        print(f"unitlint: {message}", file=sys.stderr)
    if arguments.verbose:
        for path, reason in report.skipped:
            print(f"unitlint: skipped {path}: {reason}", file=sys.stderr)


def _changes(arguments: Namespace, paths: list[str]) -> list[Repository] | None:
    """What changed since --diff-base, asked before the work begins: a mistake in it is told at once."""
    if arguments.diff_base is None:
        return None
    if arguments.write_baseline or "-" in paths:
        raise UnitlintError("--diff-base goes neither with --write-baseline nor with standard input")
    if arguments.fix or arguments.diff or arguments.fix_only:
        raise UnitlintError("--diff-base goes without fixes, which move the lines that it asks git about")
    from unitlint.changes.git import changes_since

    return changes_since(arguments.diff_base, paths)


def _refuse_beside_add_ignore(arguments: Namespace, paths: list[str]) -> None:
    others = ("fix", "diff", "fix_only", "no_ignores", "write_baseline")
    other = next((f"--{name.replace('_', '-')}" for name in others if getattr(arguments, name)), None)
    if other or "-" in paths:
        hint = (
            "mend first, then write comments for what is left" if other in ("--fix", "--diff", "--fix-only") else None
        )
        raise UnitlintError(f"--add-ignore does not go with {other or 'standard input'}", hint=hint)


def _write_baseline(report: Report, path: str) -> int:
    from unitlint import baseline
    from unitlint.report.summary import counted

    number = baseline.write(report, path)
    print(f"Wrote {counted(number, 'finding')} to {path}; --baseline {path} leaves them out.", file=sys.stderr)
    return 2 if report.errors else 0


def _check(settings: Settings, paths: list[str], arguments: Namespace) -> Report:
    sources = sources_of(settings, paths, arguments)
    if not wants_progress(arguments):
        return checked(sources, settings, arguments)
    from unitlint.commands.progress import Progress

    with Progress() as progress:
        return checked(sources, settings, arguments, progress)


def sources_of(settings: Settings, paths: list[str], arguments: Namespace) -> Iterable[Source]:
    """The files that are to be checked, or standard input."""
    from unitlint import api

    if paths == ["-"]:
        sources = _standard_input(arguments)
        return api.with_companions(sources, [source.path for source in sources if source.home is None], settings)
    return api.discovered(paths, settings, force_exclude=arguments.force_exclude)


def checked(
    sources: Iterable[Source], settings: Settings, arguments: Namespace, progress: Progress | None = None
) -> Report:
    """The report of a run; fixes count as the arguments say."""
    from unitlint import api

    report = api.run(sources, settings, arguments.jobs, progress)
    if arguments.unsafe_fixes:
        findings = [one._replace(fixable=True) if one.fix is not None else one for one in report.findings]
        report = report._replace(findings=tuple(findings))
    return report


def _joined(reports: list[Report]) -> Report:
    from collections import ChainMap

    from unitlint.engine import in_order
    from unitlint.finding import Report

    return Report(
        tuple(sorted((finding for one in reports for finding in one.findings), key=in_order)),
        sum(one.files for one in reports),
        sum(one.units for one in reports),
        tuple(error for one in reports for error in one.errors),
        tuple(skipped for one in reports for skipped in one.skipped),
        ChainMap(*[one.sources for one in reports]),  # type: ignore[arg-type]  # it is only read from
        tuple({rule.code: rule for one in reports for rule in one.rules}.values()),
        tuple(suppressed for one in reports for suppressed in one.suppressed),
    )


def exit_status(report: Report, fail_on: str) -> int:
    """2 where something could not be read, 1 for findings at or above ``fail_on``, else 0."""
    from unitlint.finding import SEVERITIES

    if report.errors:
        return 2
    if fail_on == "never":
        return 0
    bound = FAIL_ON.index(fail_on)
    return int(any(SEVERITIES.index(finding.severity) >= bound for finding in report.findings))


def _standard_input(arguments: Namespace) -> list[Source]:
    from unitlint import api

    return api.sources_of(sys.stdin.buffer.read(), arguments.stdin_filename or "stdin.service")


def wants_progress(arguments: Namespace) -> bool:
    """A bar is for a person at a terminal who may have to wait."""
    return not arguments.quiet and arguments.color != "never" and sys.stderr.isatty()
