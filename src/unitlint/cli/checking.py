"""Which settings hold for which paths of a command line."""

from __future__ import annotations

import os
import sys

from unitlint.cli.output import outputs_of, rendered, write
from unitlint.settings.model import FAIL_ON, Settings, from_keywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from unitlint.engine.checking import OnProgress
    from unitlint.engine.report import Report
    from unitlint.files.source import Source

Groups = list[tuple[Settings, list[str]]]


def groups_of(arguments: Namespace, paths: list[str]) -> Groups:
    """The paths by the settings that hold for them, with what the command line says."""
    return [(with_options(settings, arguments), some) for settings, some in settings_of(arguments, paths)]


def settings_of(arguments: Namespace, paths: list[str]) -> list[tuple[Settings, list[str]]]:
    """The paths by the settings file that holds for them: that of --config, or the nearest one."""
    if arguments.isolated:
        return [(Settings(), paths)]
    from unitlint.settings import files

    if arguments.config:
        return [(files.load(arguments.config), paths)]
    if paths == ["-"]:
        folder = os.path.dirname(arguments.stdin_filename or "") or "."
        return [(files.find(folder), paths)]
    return files.group_by_settings(paths)


def with_options(settings: Settings, arguments: Namespace) -> Settings:
    """The settings, overridden by what the command line says; what extends is added."""
    names = ("select", "ignore", "profile", "systemd_version", "root", "fail_on", "baseline")
    given = {name: getattr(arguments, name) for name in names}
    if arguments.extend_select is not None:
        given["extend_select"] = [*settings.extend_select, *arguments.extend_select.split(",")]
    if arguments.no_ignores:
        given["ignore_comments"] = False
    if arguments.no_respect_gitignore:
        given["respect_gitignore"] = False
    found = from_keywords(settings, {**given, "extend_exclude": arguments.exclude})
    return found._replace(baseline=None) if arguments.write_baseline else found


def show(reports: list[Report], groups: Groups, arguments: Namespace) -> int:
    """Prints the reports of the groups as one; returns the exit status."""
    report = joined(reports)
    say_what_went_wrong(report, arguments)
    for name, file in outputs_of(arguments):
        write(rendered(report, name, file, arguments), file)
    return worst_status(reports, groups)


def worst_status(reports: list[Report], groups: Groups) -> int:
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


def sources_of(settings: Settings, paths: list[str], arguments: Namespace) -> Iterable[Source]:
    """The files that are to be checked, or standard input."""
    from unitlint import api

    if paths == ["-"]:
        overlay = api.overlay_of(sys.stdin.buffer.read(), arguments.stdin_filename or "stdin.service")
        return api.discovered([], settings, overlay=overlay)
    return api.discovered(paths, settings, force_exclude=arguments.force_exclude)


def checked(
    sources: Iterable[Source], settings: Settings, arguments: Namespace, progress: OnProgress | None = None
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

    from unitlint.engine.dispatch import in_order
    from unitlint.engine.report import Report

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
    from unitlint.base.finding import SEVERITIES

    if report.errors:
        return 2
    if fail_on == "never":
        return 0
    bound = FAIL_ON.index(fail_on)
    return int(any(SEVERITIES.index(finding.severity) >= bound for finding in report.findings))
