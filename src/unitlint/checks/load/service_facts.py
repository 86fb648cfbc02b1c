"""What several load-time conditions ask of a service: its type and its commands."""

from __future__ import annotations

from unitlint.checks.load.condition import every, is_read, last, problems_of, value
from unitlint.record import NamedTuple
from unitlint.rules.model import Context
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

CREDENTIALS = (
    "LoadCredential",
    "LoadCredentialEncrypted",
    "SetCredential",
    "SetCredentialEncrypted",
    "ImportCredential",
)
CREDENTIALS_MAKE_EXEC_SINCE = 257


class Command(NamedTuple):
    """One command that systemd would run, and its stretch of the assignment's value."""

    assignment: Assignment
    start: int
    end: int


def commands(unit: Unit, directive: str, context: Context) -> list[Command]:
    """The commands of ExecStart= or its like, without those that systemd ignores (config_parse_exec)."""
    key = ("commands", directive, context.release)
    if key not in unit.memo:
        unit.memo[key] = _commands(unit, directive, context)
    found: list[Command] = unit.memo[key]
    return found


def _commands(unit: Unit, directive: str, context: Context) -> list[Command]:
    from unitlint.grammar.exec_line import parse_exec

    found: list[Command] = []
    for assignment in unit.all("Service", directive):
        problems = problems_of(assignment, unit, context)
        if problems is None or not is_read(assignment, unit, context):
            continue
        stop = min((one.start for one in problems if one.effect == "ignored"), default=None)
        for command in parse_exec(assignment.value, context.release):
            cut = any(failure.what == "quote" for failure in command.failures)
            if stop is None or (command.end <= stop and not cut):
                found.append(Command(assignment, command.start, command.end))
    return found


def service_type(unit: Unit, context: Context) -> tuple[str, Assignment | None]:
    """Type= with the line that sets it, or what systemd takes instead (service.c: service_add_extras)."""
    given = last(unit, "Service", "Type", context)
    if given is not None:
        return given.value, given
    bus_name = last(unit, "Service", "BusName", context)
    if bus_name is not None:
        return "dbus", bus_name
    if not commands(unit, "ExecStart", context):
        return "oneshot", None
    if context.release >= CREDENTIALS_MAKE_EXEC_SINCE:
        credential = first_credential(unit, context)
        if credential is not None:
            return "exec", credential
    return "simple", None


def first_credential(unit: Unit, context: Context) -> Assignment | None:
    """A directive by which the service gets credentials."""
    for directive in CREDENTIALS:
        found = every(unit, "Service", directive, context)
        if found:
            return found[0]
    return None


def has_success_action(unit: Unit, context: Context) -> bool:
    """True with a SuccessAction= other than none."""
    return value(unit, "Unit", "SuccessAction", context) not in ("", "none")
