"""A run that checked nothing is no good news: why that is, and exit status 2."""

from __future__ import annotations

import os

from unitlint.base.foreign_text import say
from unitlint.files.gather import discovered, looked_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from unitlint.cli.checking import Group
    from unitlint.engine.report import Report

ALLOW = "with --allow-empty the exit status is 0"
MOST_SKIPPED = 5
"""So many skipped files are named as the reason."""


def refuse_empty(reports: list[Report], groups: Sequence[Group], arguments: Namespace) -> list[Report]:
    """The reports of a run that checked nothing, with an error that says so.

    With --allow-empty it is a warning.
    """
    _say_what_was_skipped(reports, arguments)
    reason = f"nothing was checked{_ignored(groups)}"
    if arguments.allow_empty:
        say(f"warning: {reason}")
        return reports
    names_a_file = any(not os.path.isdir(path) for path in arguments.paths)
    hint = f"--as app.service checks a file under that name, {ALLOW}" if names_a_file else ALLOW
    first, *others = reports
    return [first._replace(errors=(f"{reason}; {hint}",)), *others]


def _say_what_was_skipped(reports: list[Report], arguments: Namespace) -> None:
    """The first of the files that are neither named nor, under -v, told of anyway."""
    named = frozenset(arguments.paths)
    skipped = [entry for report in reports for entry in report.skipped if entry[0] not in named]
    for path, reason in () if arguments.verbose else skipped[:MOST_SKIPPED]:
        say(f"skipped {path}: {reason}")
    if len(skipped) > MOST_SKIPPED and not arguments.verbose:
        say(f"skipped {len(skipped) - MOST_SKIPPED} more; -v names them")


def _ignored(groups: Sequence[Group]) -> str:
    """What would have been checked but for .gitignore, or for `exclude` of the settings, as the end of a clause."""
    from unitlint.report.summary import counted

    for name, more in ((".gitignore", {"respect_gitignore": False}), ("`exclude`", {"exclude": ()})):
        groups = [group._replace(settings=group.settings._replace(**more)) for group in groups]
        number = sum(map(_number_of_files, groups))
        if number:
            return f"; {name} leaves out {counted(number, 'file')}"
    return ""


def _number_of_files(group: Group) -> int:
    return 0 if group.name is not None else sum(1 for _ in looked_at(discovered(group.paths, group.settings)))
