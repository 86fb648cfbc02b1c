"""UL330: limits on the client of a container engine, whose containers run in control groups of the engine's."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.grammar.exec_line import Command
    from unitlint.syntax.document import Assignment

LIMITS = ("MemoryMax", "MemoryHigh", "MemorySwapMax", "CPUQuota", "CPUWeight", "TasksMax")
STARTS = ("run", "start", "up")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding a limit; podman and nerdctl may put the container into the unit, so nothing is said of them."""
    found = docker_client(unit, context)
    for name in LIMITS if found is not None else ():
        limit = unit.last("Service", name)
        if found is not None and limit is not None and limit.value != "infinity":
            yield Hit(limit, {}, ((found[0], "only asks dockerd to start it"),))


def docker_client(unit: Unit, context: Context) -> tuple[Assignment, Command] | None:
    """The command by which dockerd is asked to start a container, if that is what the service runs."""
    from unitlint.grammar.exec_line import parse_exec

    for line in unit.all("Service", "ExecStart"):
        if "docker" not in line.value:
            continue
        for command in parse_exec(line.value, context.release):
            name = command.path.rpartition("/")[2]
            if name in ("docker", "docker-compose") and any(word.text in STARTS for word in command.words):
                return line, command
    return None
