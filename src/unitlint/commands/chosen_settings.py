"""Which settings hold for which paths of a command line."""

from __future__ import annotations

import os

from unitlint.config import Settings, from_keywords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

Groups = list[tuple[Settings, list[str]]]


def groups_of(arguments: Namespace, paths: list[str]) -> Groups:
    """The paths by the settings that hold for them, with what the command line says."""
    return [(with_options(settings, arguments), some) for settings, some in settings_of(arguments, paths)]


def settings_of(arguments: Namespace, paths: list[str]) -> list[tuple[Settings, list[str]]]:
    """The paths by the settings file that holds for them: that of --config, or the nearest one."""
    if arguments.isolated:
        return [(Settings(), paths)]
    from unitlint import config_files

    if arguments.config:
        return [(config_files.load(arguments.config), paths)]
    if paths == ["-"]:
        folder = os.path.dirname(arguments.stdin_filename or "") or "."
        return [(config_files.find(folder), paths)]
    return config_files.group_by_settings(paths)


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
