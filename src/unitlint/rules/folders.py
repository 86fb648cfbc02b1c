"""Folders of rules and the rule files in them."""

from __future__ import annotations

import os
from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHIPPED = os.path.join(PACKAGE, "_rules")
COMPILED = "compiled.marshal"


def built_in_folder() -> str:
    """The folder `rules` of the installed package, or of the checkout."""
    if os.path.isdir(SHIPPED):
        return SHIPPED
    return os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "rules")


def is_built_in(path: str) -> bool:
    """True of a file below the folder of the built-in rules."""
    home = os.path.realpath(built_in_folder()) + os.sep
    return os.path.realpath(path).startswith(home)


def rule_files(folder: str) -> list[str]:
    """The rule.yaml files below ``folder``, sorted by the names of their rule folders."""
    return [path for path, *_ in _stamped(folder)]


Stamped = tuple[str, int, int, int]
"""A file with its size, its time of change in nanoseconds, and its inode."""


def _stamped(folder: str) -> list[Stamped]:
    return sorted(_walk(folder), key=lambda file: os.path.basename(os.path.dirname(file[0])))


def _walk(folder: str) -> Iterator[Stamped]:
    """Looks for rule.yaml before it lists a folder, as most of the folders are rules."""
    path = os.path.join(folder, "rule.yaml")
    try:
        status = os.stat(path)
    except OSError:
        with os.scandir(folder) as listing:
            folders = sorted(entry.path for entry in listing if entry.is_dir(follow_symlinks=False))
        for one in folders:
            yield from _walk(one)
        return
    yield path, status.st_size, status.st_mtime_ns, status.st_ino
