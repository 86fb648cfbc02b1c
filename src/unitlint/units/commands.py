"""The command lines of a service: every Exec line with the commands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unitlint.syntax.document import Assignment
from unitlint.units.judged import judged
from unitlint.values.exec_line import Command, parse_exec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.unit import Unit
    from unitlint.values.problem import ValueProblem

EXEC_DIRECTIVES = (
    "ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost",
)  # fmt: skip


def commands(unit: Unit, release: int, *directives: str) -> Iterator[tuple[Assignment, Command]]:
    """The commands in effect of these Exec directives (all of them where none is named), each with its line."""
    directives = directives or EXEC_DIRECTIVES
    if unit.looks is not None:  # of a template nobody is to look at more than it takes
        return _commands(unit, release, directives)
    key = ("commands", release, directives)
    found: list[tuple[Assignment, Command]] | None = unit.memo.get(key)
    if found is None:
        found = unit.memo[key] = list(_commands(unit, release, directives))
    return iter(found)


def _commands(unit: Unit, release: int, directives: tuple[str, ...]) -> Iterator[tuple[Assignment, Command]]:
    for directive in directives:
        lines = unit.all("Service", directive)
        problems = judged(unit, release).problems if lines else {}
        for line in lines:
            is_cut = not unit.reads_on and not (unit.has_fragment and line.document is unit.documents[0])
            for command in commands_of(line.value, release, problems.get(id(line)) or (), refused=is_cut):
                yield line, command


def known_commands(unit: Unit, release: int, directive: str) -> list[Command | None]:
    """The commands of one Exec directive, with None for each line of a template that holds a placeholder.

    No placeholder is looked at, so that a rule may still say what it says whatever these lines are.
    """
    if unit.looks is None:
        return [command for _, command in commands(unit, release, directive)]
    from unitlint.units.placeholders import Unknown

    found: list[Command | None] = []
    for line in unit.all("Service", directive):
        found += [None] if isinstance(line, Unknown) else commands_of(line.value, release)
    return found


def commands_of(
    value: str, release: int, problems: Iterable[ValueProblem] = (), *, refused: bool = False
) -> Iterator[Command]:
    """The commands of one line; with the first that systemd ignores it drops the rest of the line (config_parse_exec),
    and in a drop-in also with one for which it reads no further (``refused``).

    What is no command at all, as the rest of a line after an unclosed quote, is left out.
    """
    stop = min(
        [
            problem.start
            for problem in problems
            if problem.effect == "ignored" or (refused and problem.effect == "refused")
        ],
        default=None,
    )
    for command in parse_exec(value, release):
        if command.path and (stop is None or (command.end <= stop and not _is_cut(command))):
            yield command


def _is_cut(command: Command) -> bool:
    """Whether the rest of the line is lost in a quote that is never closed."""
    return any(failure.what == "quote" for failure in command.failures)


def without_version(name: str) -> str:
    """``python`` of ``python3.11``."""
    return name.rstrip("0123456789.")


def program(command: Command) -> str:
    """The file name of what is run, ``java`` of ``/usr/lib/jvm/bin/java``."""
    return command.path.rpartition("/")[2]
