"""What the services at hand execute, to tell the unit of a process that a message names."""

from __future__ import annotations

from unitlint.diagnose.model import LONGEST_COMM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.files.source import Source


def services_by_program(sources: Iterable[Source]) -> dict[str, set[str]]:
    """Path of a program, and the name that the kernel gives its process, to the services whose ExecStart= runs it."""
    from unitlint.catalogue import NEWEST
    from unitlint.files.layout import group
    from unitlint.units.commands import commands
    from unitlint.units.load import load

    found: dict[str, set[str]] = {}
    for files in group(sources):
        if files.fragment is None or not files.name.endswith(".service"):
            continue
        for _, command in commands(load(files), NEWEST, "ExecStart"):
            for name in (command.path, command.path.rpartition("/")[2][:LONGEST_COMM]):
                found.setdefault(name, set()).add(files.name)
    return found
