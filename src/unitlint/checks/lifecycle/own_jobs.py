"""UL684: commands of a unit that wait for a job that waits for the unit (job.c; systemctl(1), --no-block)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.references import neighbour, references, stem_of
from unitlint.checks.service import is_whole, script_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command

_CALL = late_pattern(r"(?:^|[;&|(]|\bthen|\bdo|\belse)\s*(?:/\S*/)?systemctl((?:\s+[\w@:.%=/\\-]+)+)")
STARTS = frozenset(("start", "restart", "reload-or-restart", "try-restart"))
STOPS = frozenset(("stop", "restart", "try-restart", "reload-or-restart"))
TO_MAIN = frozenset(("--kill-whom=main", "--kill-who=main", "main"))
"""Words of ``systemctl kill`` by which the command itself gets no signal."""
HARMLESS = frozenset(f"{prefix}{name}" for prefix in ("", "SIG") for name in ("CONT", "WINCH", "URG", "CHLD", "0"))
BEFORE_ACTIVE = ("ExecCondition", "ExecStartPre", "ExecStartPost")
"""Commands during which the start job of the unit goes on, beside ExecStart= of a oneshot."""


def waits_for_itself(unit: Unit, context: Context) -> Iterator[Hit]:
    """At each call of systemctl that cannot return before its own unit has changed state."""
    if not is_whole(unit):
        return
    is_task = service_type(unit, context.release) == "oneshot"
    for line, command in commands(unit, context.release):
        is_starting = line.directive in BEFORE_ACTIVE or (line.directive == "ExecStart" and is_task)
        for verb, names in _calls(command):
            if any(_is_own(name, unit) for name in names):
                outcome = _with_itself(line.directive, verb, is_starting=is_starting)
                if outcome:
                    yield Hit(line, {"call": f"systemctl {verb}", "outcome": outcome})
            elif is_starting and verb in STARTS:
                yield from _waiting_for_this(unit, line, verb, names, context)


def _with_itself(directive: str, verb: str, *, is_starting: bool) -> str:
    if is_starting and verb == "start":
        return "waits for the start of this unit, which waits for the command"
    if directive == "ExecStop" and verb == "stop":
        return "waits for the stop of this unit, which waits for the command until TimeoutStopSec="
    if directive == "ExecReload" and verb == "reload":
        return "waits for the reload of this unit, which waits for the command"
    if is_starting or directive in ("ExecStart", "ExecReload", "ExecStop"):
        if verb in STOPS:
            return "stops this unit, and kills the command with it"
        if verb == "kill":
            return "sends the signal to this command too, which ends it: write --kill-whom=main"
    return ""


def _waiting_for_this(unit: Unit, line: Place, verb: str, names: list[str], context: Context) -> Iterator[Hit]:
    before = {reference.name: reference.line for reference in references(unit, "Before")}
    for name in names:
        full = name if "." in name else f"{name}.service"
        order: Place | None = before.get(full)
        other = neighbour(unit, full, context)
        if order is None and other is not None:
            order = next((one.line for one in references(other, "After") if one.name == unit.name), None)
        if order is not None:
            fields = {
                "call": f"systemctl {verb} {name}",
                "outcome": f"waits for {full}, which starts after this unit only",
            }
            yield Hit(line, fields, ((order, "the order"),))


def _calls(command: Command) -> Iterator[tuple[str, list[str]]]:
    """The verb and the units of each call that waits."""
    texts = [command.argv[1:]] if program(command) == "systemctl" else []
    texts += [tuple(found[1].split()) for found in _CALL.finditer(script_of(command) or "")]
    for words in texts:
        plain = [word for word in words if not word.startswith("-")]
        is_elsewhere = {"--no-block", "--user", "--machine", "--host", "-M", "-H", "--root"} & {
            word.partition("=")[0] for word in words
        }
        if plain[:1] == ["kill"] and (TO_MAIN & set(words) or any(word.split("=")[-1] in HARMLESS for word in words)):
            continue
        if len(plain) > 1 and not is_elsewhere:
            yield plain[0], plain[1:]


def _is_own(name: str, unit: Unit) -> bool:
    return name in (unit.name, stem_of(unit.name), "%n", "%N", *unit.aliases)
