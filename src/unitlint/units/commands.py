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
PREFIXES = "-@:+!|"
"""The special characters that may stand before the program, of which each release takes some."""
EXEC_KEYS = tuple([("Service", directive) for directive in EXEC_DIRECTIVES])


def commands(unit: Unit, release: int, *directives: str) -> Iterator[tuple[Assignment, Command]]:
    """The commands in effect of these Exec directives (all of them where none is named), each with its line."""
    keys = [("Service", directive) for directive in directives] if directives else EXEC_KEYS
    if unit.looks is not None:  # of a template nobody is to look at more than it takes
        return (found for key in keys for line in unit.all(*key) for found in _commands_of_line(unit, line, release))
    memo_key = ("commands", release, directives)
    found: list[tuple[Assignment, Command]] | None = unit.memo.get(memo_key)
    if found is None:
        found = unit.memo[memo_key] = []
        effective = unit.effective
        for key in keys:
            if key in effective:
                for line in effective[key]:
                    found += _commands_of_line(unit, line, release)
    return iter(found)


def _commands_of_line(unit: Unit, line: Assignment, release: int) -> list[tuple[Assignment, Command]]:
    problems = judged(unit, release).problems.get(id(line))
    if not problems:  # as of most lines
        return [(line, command) for command in parse_exec(line.value, release) if command.path]
    is_cut = not unit.reads_on and not (unit.has_fragment and line.document is unit.documents[0])
    return [(line, command) for command in commands_of(line.value, release, problems, refused=is_cut)]


def names_paths_only(unit: Unit) -> bool:
    """Whether each Exec line is one command whose program is named by its path, which costs less than to read them."""
    effective = unit.effective
    for key in EXEC_KEYS:
        for line in effective.get(key, ()):
            value = line.value
            if ";" in value or value.lstrip(PREFIXES)[:1] != "/":
                return False
    return True


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
