"""UL543: a unit file in the place of a program (execve(2): ENOEXEC, EACCES)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.catalogue import UNIT_TYPES
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands
from unitlint.units.unit import Unit

DIRECTORIES = ("/systemd/system/", "/systemd/user/")


def as_program(unit: Unit, context: Context) -> Iterator[Hit]:
    """Commands whose program lies in a directory of units and is called like one."""
    for line, command in commands(unit, context.release):
        in_directory = any(directory in command.path for directory in DIRECTORIES)
        if in_directory and command.path.rpartition(".")[2] in UNIT_TYPES:
            yield Hit(line, {"path": command.path}, span=(command.path_start, command.path_end))
