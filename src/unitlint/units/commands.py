"""The command lines of a service: every Exec line with the commands in it."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.exec_line import Command, parse_exec

EXEC_DIRECTIVES = (
    "ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost",
)  # fmt: skip


def commands(unit: Unit, release: int, *directives: str) -> Iterator[tuple[Assignment, Command]]:
    """The commands of these Exec directives in effect (all of them where none is named), each with its line.

    What ``config_parse_exec`` takes for no command at all, as the rest of a line after an unclosed quote, is left out.
    """
    for directive in directives or EXEC_DIRECTIVES:
        for assignment in unit.all("Service", directive):
            for command in parse_exec(assignment.value, release):
                if command.path:
                    yield assignment, command


def program(command: Command) -> str:
    """The file name of what is run, ``java`` of ``/usr/lib/jvm/bin/java``."""
    return command.path.rpartition("/")[2]
