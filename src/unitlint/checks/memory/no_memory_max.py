"""A service that stays running without any bound on its memory."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.no_restart import looks_like_a_task
from unitlint.checks.service import memory_limit
from unitlint.rules.model import Context, Hit, header_place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command


def no_memory_max(unit: Unit, context: Context) -> Iterator[Hit]:
    """Nothing is said of drop-ins alone, masked units, what ends by itself, or a deliberate MemoryMax=infinity."""
    if not unit.has_fragment or unit.masked or unit.last("Service", "MemoryMax") is not None:
        return
    kind = service_type(unit, context.release)
    if kind == "oneshot" or not unit.all("Service", "ExecStart") or unit.value("Service", "StandardInput") == "socket":
        return
    if unit.is_on("Service", "RemainAfterExit"):
        return
    if kind in ("simple", "exec") and unit.last("Service", "Restart") is None and looks_like_a_task(unit, context):
        return
    if memory_limit(unit, context.units) is not None or docker_client(unit, context) is not None:
        return
    place = header_place(unit, "Service")
    if place is not None:
        yield Hit(place)


STARTS = ("run", "start", "up")


def docker_client(unit: Unit, context: Context) -> tuple[Assignment, Command] | None:
    """The command by which dockerd is asked to start a container, if that is what the service runs."""
    for line, command in commands(unit, context.release, "ExecStart"):
        if program(command) in ("docker", "docker-compose") and any(word.text in STARTS for word in command.words):
            return line, command
    return None
