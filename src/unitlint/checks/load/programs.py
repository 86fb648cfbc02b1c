"""UL274: programs that systemd looks for while it reads the unit."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.finding import Effect
from unitlint.catalogue import facts
from unitlint.checks.load.condition import load_condition
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.exec_line import Command, parse_exec
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import expand

SEARCHED = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
DIRECTIVES = (
    "ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPre",
    "ExecStopPost",
)  # fmt: skip


@load_condition
def looked_up_at_load(unit: Unit, context: Context) -> Iterator[Hit]:
    """At each program without a path that may be missing (load-fragment.c: config_parse_exec until 246)."""
    section = unit.type.capitalize()
    for directive in DIRECTIVES:
        for line in unit.all(section, directive):
            for command in parse_exec(line.value, context.release):
                name = expand(command.path, _value_context(unit, line, context))
                if not name or "/" in name or _is_installed(name, context):
                    continue
                outcome = "ignores the line" if command.tolerant else "refuses the unit"
                fields = {"program": name, "outcome": outcome, "release": context.release}
                effect: Effect = "ignored" if command.tolerant else "refused"
                yield Hit(line, fields, effect=effect, span=(command.path_start, command.path_end))
                break  # systemd does not read the rest of the line


LOOKED_UP_UNTIL = 246


def may_be_dropped(unit: Unit, line: Assignment, command: Command, context: Context) -> bool:
    """True of a command that may fail, of which systemd knows nothing where its program is not installed."""
    if context.release > LOOKED_UP_UNTIL or not command.tolerant:
        return False
    name = expand(command.path, _value_context(unit, line, context))
    return bool(name) and "/" not in str(name) and not _is_installed(str(name), context)


def _value_context(unit: Unit, line: Assignment, context: Context) -> ValueContext:
    return ValueContext(context.release, line.section, line.directive, {}, unit.scope == "user", unit.name)


def _is_installed(name: str, context: Context) -> bool:
    """In the root directory, or else among the programs that every installation has."""
    if context.root is not None:
        return any(context.root.resolve(f"{folder}/{name}") is not None for folder in SEARCHED)
    return name in facts("base_programs")
