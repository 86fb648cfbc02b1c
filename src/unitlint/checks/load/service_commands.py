"""UL201 to UL204, UL208: what a service has to start and stop (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.checks.load.condition import (
    every,
    given,
    is_on,
    is_read,
    last,
    load_condition,
    problems_of,
    section_place,
    value,
)
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit


@load_condition
def no_command(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL201: a service that has nothing to start and nothing to stop (service.c: service_verify).

    At the assignment that took the commands back or was ignored, else at the section.
    """
    if commands(unit, "ExecStart", context) or commands(unit, "ExecStop", context) or has_success_action(unit, context):
        return
    yield Hit(given(unit, "Service", "ExecStart", "ExecStop") or section_place(unit, "Service"), on_name=True)


@load_condition
def no_exec_start(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL202: a service of a type that needs ExecStart= and has none (service.c: service_verify).

    Where the type is not set, a service without ExecStart= is a oneshot and this is silent.
    """
    kind, line = service_type(unit, context)
    if kind == "oneshot" or line is None or commands(unit, "ExecStart", context):
        return
    if not commands(unit, "ExecStop", context) and not has_success_action(unit, context):
        return  # UL201 says it
    reset = given(unit, "Service", "ExecStart")
    if reset is None:
        yield Hit(line, {"type": kind})
    else:
        yield Hit(reset, {"type": kind}, ((line, f"this makes it a service of Type={kind}"),), on_name=True)


@load_condition
def remain_after_exit_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL203: a service that only has ExecStop= and would be over at once (service.c: service_verify).

    At the ExecStop=, with the RemainAfterExit= that says no, if there is one.
    """
    stops = commands(unit, "ExecStop", context)
    if not stops or commands(unit, "ExecStart", context) or is_on(unit, "Service", "RemainAfterExit", context):
        return
    if has_success_action(unit, context) or service_type(unit, context)[0] != "oneshot":
        return
    remain = last(unit, "Service", "RemainAfterExit", context)
    related: tuple[tuple[Place, str], ...] = () if remain is None else ((remain, "this would have to be yes"),)
    yield Hit(stops[0].assignment, {}, related)


@load_condition
def several_exec_start(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL204: more than one ExecStart= command in a service that is no oneshot (service.c: service_verify).

    At the second command, which may stand in the same line after a semicolon.

    A second command that another file adds is told by UL901, which knows the mend.
    """
    found = commands(unit, "ExecStart", context)
    if len(found) < 2:
        return
    kind, line = service_type(unit, context)
    if kind == "oneshot":
        return
    related: list[tuple[Place, str]] = [(found[0].assignment, "the first command")]
    if line is not None:
        related.append((line, f"this makes it a service of Type={kind}"))
    second = found[1]
    if second.assignment.document is not found[0].assignment.document:
        return
    yield Hit(second.assignment, {"type": kind}, tuple(related), span=(second.start, second.end))


SPEAKS_SINCE = 248
"""247 has the condition, but breaks off on an assertion of its own before it comes to it: it says nothing."""


@load_condition
def dbus_without_bus_name(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL208: Type=dbus without a BusName= that systemd takes (service.c: service_verify).

    At Type=dbus, with the BusName= that was ignored or taken back.
    """
    kind, line = service_type(unit, context)
    if kind != "dbus" or line is None or last(unit, "Service", "BusName", context) is not None:
        return
    bus_name = given(unit, "Service", "BusName")
    related: tuple[tuple[Place, str], ...] = ()
    if bus_name is not None:
        related = ((bus_name, "this name is not taken" if bus_name.value else "this takes the name back"),)
    yield Hit(line, {}, related, "refused" if context.release >= SPEAKS_SINCE else None)


CREDENTIALS = (
    "LoadCredential",
    "LoadCredentialEncrypted",
    "SetCredential",
    "SetCredentialEncrypted",
    "ImportCredential",
)
CREDENTIALS_MAKE_EXEC_SINCE = 257


class CommandPlace(NamedTuple):
    """One command that systemd would run, and its stretch of the assignment's value."""

    assignment: Assignment
    start: int
    end: int


def commands(unit: Unit, directive: str, context: Context) -> list[CommandPlace]:
    """The commands of ExecStart= or its like, without those that systemd ignores (config_parse_exec)."""
    key = ("commands", directive, context.release)
    if key not in unit.memo:
        unit.memo[key] = _commands(unit, directive, context)
    found: list[CommandPlace] = unit.memo[key]
    return found


def _commands(unit: Unit, directive: str, context: Context) -> list[CommandPlace]:
    from unitlint.values.exec_line import parse_exec

    found: list[CommandPlace] = []
    for assignment in unit.all("Service", directive):
        problems = problems_of(assignment, unit, context)
        if problems is None or not is_read(assignment, unit, context):
            continue
        stop = min((one.start for one in problems if one.effect == "ignored"), default=None)
        for command in parse_exec(assignment.value, context.release):
            cut = any(failure.what == "quote" for failure in command.failures)
            if stop is None or (command.end <= stop and not cut):
                found.append(CommandPlace(assignment, command.start, command.end))
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
