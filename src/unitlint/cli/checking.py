"""What the commands that check have in common: settings by path, the run itself, and what is printed of it."""

from __future__ import annotations

import os
import sys

from unitlint.base.errors import UnitlintError
from unitlint.base.foreign_text import say
from unitlint.base.records import NamedTuple
from unitlint.base.whole_numbers import is_whole_number
from unitlint.cli.output import outputs_of, rendered, shows_statistics, wants_statistics, write
from unitlint.engine.report import joined
from unitlint.files.gather import discovered, overlay_of, overlay_under
from unitlint.files.links import Links
from unitlint.files.source import Source
from unitlint.files.temporary_names import becomes
from unitlint.settings.model import FAIL_ON, Settings, from_keywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping, Sequence

    from unitlint.engine.checking import OnProgress
    from unitlint.engine.report import Report


class Group(NamedTuple):
    """Paths of a command line, and the settings that hold for them."""

    settings: Settings
    paths: list[str]
    name: str | None = None
    """The path under which the one file, or standard input, is checked; None where it is its own."""


class Input(NamedTuple):
    """What a group's paths are for the rules."""

    sources: Iterable[Source]
    shown: Mapping[str, str] = {}  # never written to
    """The paths of files by those under which they are checked, where these differ."""
    text: bytes | None = None
    """What was read of standard input."""


def groups_of(arguments: Namespace, paths: list[str]) -> list[Group]:
    """The paths by the settings that hold for them, with what the command line says.

    A file that is checked under another name is a group of its own: under that name there may be another file.
    """
    given = arguments.stdin_filename if arguments.as_name is None else arguments.as_name
    if given is not None or paths == ["-"]:
        given = "stdin.service" if given is None else given
        (group,) = settings_of(arguments, paths, given)
        return [Group(with_options(group.settings, arguments), paths, given)]
    groups = []
    for group in settings_of(arguments, paths):
        settings = with_options(group.settings, arguments)
        names = {path: name for path in group.paths if (name := _name_in_the_end(path)) is not None}
        rest = [path for path in group.paths if path not in names]
        groups += [Group(settings, rest)] if rest or not names else []
        groups += [Group(settings, [path], name) for path, name in names.items()]
    return groups


def _name_in_the_end(path: str) -> str | None:
    """The path that a backup or a temporary file is to have; None for folders and other files."""
    folder, name = os.path.split(path)
    plain = becomes(name)
    return None if plain is None or os.path.isdir(path) else os.path.join(folder, plain)


def settings_of(arguments: Namespace, paths: list[str], name: str | None = None) -> list[Group]:
    """The paths by the settings file that holds for them: that of --config, or the nearest one.

    With ``name``, that which is the nearest to a file of this name.
    """
    if arguments.isolated:
        return [Group(Settings(), paths)]
    from unitlint.settings import files

    if arguments.config:
        return [Group(files.load(arguments.config), paths)]
    if name is not None:
        return [Group(files.find(os.path.dirname(name) or ".", getattr(arguments, "root", None)), paths)]
    return [
        Group(settings, some) for settings, some in files.group_by_settings(paths, getattr(arguments, "root", None))
    ]


def with_options(settings: Settings, arguments: Namespace) -> Settings:
    """The settings, overridden by what the command line says; what extends is added."""
    names = ("select", "ignore", "profile", "systemd_version", "root", "fail_on", "baseline")
    given = {name: getattr(arguments, name) for name in names}
    if arguments.extend_select is not None:
        given["extend_select"] = [*settings.extend_select, *arguments.extend_select.split(",")]
    if arguments.exit_zero:
        given["fail_on"] = "never"
    if arguments.severity:
        given["severity"] = {**settings.severity, **_levels(arguments.severity)}
    if arguments.no_ignores:
        given["ignore_comments"] = False
    if arguments.no_respect_gitignore:
        given["respect_gitignore"] = False
    if arguments.follow_links:
        given["follow_links"] = True
    found = from_keywords(settings, {**given, "extend_exclude": arguments.exclude})
    if found.root is not None:
        found = _at_release_of_root(found, verbose=arguments.verbose)
        if not arguments.quiet:
            _say_what_is_not_looked_up(found.root)
    return found._replace(baseline=None) if arguments.write_baseline else found


def _levels(words: list[str]) -> dict[str, str]:
    """What --severity says, several rules with commas: ``UL301=error,sandbox=info``."""
    found = {}
    for word in ",".join(words).split(","):
        rules, equals, level = word.strip().partition("=")
        if not equals or not rules:
            raise UnitlintError(f"--severity: expected RULES=LEVEL, not `{word}`", hint="--severity UL301=error")
        found[rules] = level
    return found


def _at_release_of_root(settings: Settings, *, verbose: bool = False) -> Settings:
    from unitlint.files.root_release import at_release_of_root

    found, path = at_release_of_root(settings)
    if path and verbose:
        (release,) = found.systemd_version
        name = "" if is_whole_number(str(release)) else f" ({release})"
        say(f"the root directory has systemd {int(release)}{name}, according to {path}")
    return found


def _say_what_is_not_looked_up(folder: str | None) -> None:
    from unitlint.files.root_release import holds_package
    from unitlint.files.root_tree import RootTree

    if folder is not None and holds_package(RootTree(folder)):
        say(f"{folder} holds a package, not a whole system: the programs, users and units it names are not looked up")


def input_of(group: Group, arguments: Namespace) -> Input:
    """The files that are to be checked, or standard input."""

    if group.name is None:
        return Input(discovered(group.paths, group.settings, force_exclude=arguments.force_exclude))
    (path,) = group.paths
    if path == "-":
        from unitlint.base.streams import read_input

        text = read_input()
        overlay = overlay_of(text, group.name)
        return Input(discovered([], group.settings, overlay=overlay), overlay.shown, text)
    from unitlint.base.safe_read import CannotReadError, read_bytes

    _, reason = Links((path,), group.settings.root, follow=group.settings.follow_links).place_of(path)
    if reason:
        return Input([Source(path, "skip", "", note=reason)])
    try:
        data = read_bytes(path)
    except CannotReadError as obstacle:
        return Input([Source(path, "error", "", note=str(obstacle))])
    overlay = overlay_under(path, data, group.name, is_given=arguments.as_name is not None)
    return Input(discovered([], group.settings, overlay=overlay), overlay.shown)


def show(reports: list[Report], groups: Sequence[Group], arguments: Namespace) -> int:
    """Prints the reports of the groups as one; returns the exit status."""
    report = joined(reports)
    say_what_went_wrong(report, arguments)
    outputs = outputs_of(arguments)
    for name, file in outputs:
        write(rendered(report, name, file, arguments), file)
    if wants_statistics(arguments) and not any(shows_statistics(name) for name, _ in outputs):
        from unitlint.report import statistics

        sys.stderr.write(statistics.render(report, arguments.statistics_by or "rule"))
    return worst_status(reports, groups)


def is_empty(reports: list[Report]) -> bool:
    """Whether nothing was checked, and nothing is wrong either."""
    return not any(report.files or report.errors for report in reports)


def worst_status(reports: list[Report], groups: Sequence[Group]) -> int:
    """The exit status of all reports, each by the settings of its group."""
    pairs = zip(reports, groups, strict=True)
    return max(exit_status(report, group.settings.fail_on) for report, group in pairs)


def say_what_went_wrong(report: Report, arguments: Namespace) -> None:
    """Which files could not be read, which of those that were named were skipped, and under -v which others."""
    named = frozenset(arguments.paths)
    for path, reason in report.skipped:
        if path in named:
            say(f"warning: {path} was not checked: {reason}")
        elif arguments.verbose:
            say(f"skipped {path}: {reason}")
    for message in report.errors:
        say(message)


def checked(
    sources: Iterable[Source],
    settings: Settings,
    arguments: Namespace,
    progress: OnProgress | None = None,
    shown: Mapping[str, str] = {},
) -> Report:
    """The report of a run, in which files are called as ``shown`` says; fixes count as the arguments say."""
    from unitlint import api

    report = api.run(sources, settings, arguments.jobs, progress, shown)
    if arguments.unsafe_fixes:
        findings = (finding._replace(fixable=finding.fix is not None) for finding in report.findings)
        report = report._replace(findings=tuple(findings))
    return report


def exit_status(report: Report, fail_on: str) -> int:
    """2 where something could not be read, 1 for findings at or above ``fail_on``, else 0."""
    from unitlint.base.finding import SEVERITIES

    if report.errors:
        return 2
    if fail_on == "never":
        return 0
    bound = FAIL_ON.index(fail_on)
    return int(any(SEVERITIES.index(finding.severity) >= bound for finding in report.findings))
