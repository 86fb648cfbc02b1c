"""Folders of rules and the rule files in them."""

from __future__ import annotations

import os

from unitlint.base.compiled import StampedFile, data_folder, stamped_files


def built_in_folder() -> str:
    """The folder `rules` of the installed package, or of the checkout."""
    return data_folder("rules")


def is_built_in(path: str) -> bool:
    """True of a file below the folder of the built-in rules."""
    home = os.path.realpath(built_in_folder()) + os.sep
    return os.path.realpath(path).startswith(home)


def rule_files(folder: str) -> list[str]:
    """The rule.yaml files below ``folder``, sorted by the names of their rule folders."""
    return [path for path, *_ in stamped_rule_files(folder)]


def stamped_rule_files(folder: str) -> list[StampedFile]:
    """The same with what tells whether a file has changed."""
    return sorted(stamped_files(folder, "rule.yaml"), key=lambda file: file[0].rsplit(os.sep, 2)[1:])
