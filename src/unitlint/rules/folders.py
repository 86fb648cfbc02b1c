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
    return in_order_of_names([path for path, _ in stamped_rule_files(folder)])


def stamped_rule_files(folder: str) -> list[StampedFile]:
    """The rule.yaml files below ``folder`` with what tells whether they have changed, folder by folder."""
    return list(stamped_files(folder, "rule.yaml"))


def in_order_of_names(paths: list[str]) -> list[str]:
    """The paths of rule files sorted by the names of their rule folders."""
    return sorted(paths, key=lambda path: path.rsplit(os.sep, 2)[1:])
