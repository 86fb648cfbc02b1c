"""What a service has to start and stop (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import (
    given,
    load_condition,
    section_place,
)
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands
from unitlint.units.service import may_be_drop_in, type_and_line
from unitlint.units.unit import Unit
from unitlint.values.exec_line import parse_exec


@load_condition
def no_command(unit: Unit, context: Context) -> Iterator[Hit]:
    """A service that has nothing to start and nothing to stop (service.c: service_verify).

    At the assignment that took the commands back or was ignored, else at the section.
    """
    if (
        has_command(unit, context, "ExecStart")
        or has_command(unit, context, "ExecStop")
        or has_success_action(unit, context)
    ):
        return
    if may_be_drop_in(unit):
        return
    yield Hit(given(unit, "Service", "ExecStart", "ExecStop") or section_place(unit, "Service"), on_name=True)


@load_condition
def no_exec_start(unit: Unit, context: Context) -> Iterator[Hit]:
    """A service of a type that needs ExecStart= and has none (service.c: service_verify).

    Where the type is not set, a service without ExecStart= is a oneshot and this is silent.
    """
    kind, line = type_and_line(unit, context.release)
    if kind == "oneshot" or line is None or has_command(unit, context, "ExecStart"):
        return
    if not has_command(unit, context, "ExecStop") and not has_success_action(unit, context):
        return  # no-command says it
    reset = given(unit, "Service", "ExecStart")
    if reset is None:
        yield Hit(line, {"type": kind})
    else:
        yield Hit(reset, {"type": kind}, ((line, f"this makes it a service of Type={kind}"),), on_name=True)


@load_condition
def remain_after_exit_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """A service that only has ExecStop= and would be over at once (service.c: service_verify).

    At the ExecStop=, with the RemainAfterExit= that says no, if there is one.
    """
    if has_command(unit, context, "ExecStart"):
        return
    stops = list(commands(unit, context.release, "ExecStop"))
    if not stops or unit.is_on("Service", "RemainAfterExit"):
        return
    if has_success_action(unit, context) or type_and_line(unit, context.release)[0] != "oneshot":
        return
    remain = unit.last("Service", "RemainAfterExit")
    related: tuple[tuple[Place, str], ...] = () if remain is None else ((remain, "this must be yes"),)
    yield Hit(stops[0][0], {}, related)


@load_condition
def several_exec_start(unit: Unit, context: Context) -> Iterator[Hit]:
    """More than one ExecStart= command in a service that is no oneshot (service.c: service_verify).

    At the second command, which may stand in the same line after a semicolon.

    A second command that another file adds is told by exec-start-without-reset, which knows the fix.
    """
    lines = unit.all("Service", "ExecStart")
    if len(lines) == 1 and ";" not in lines[0].value:
        return
    from unitlint.checks.load.programs import may_be_dropped

    found = [
        (line, command)
        for line, command in commands(unit, context.release, "ExecStart")
        if not may_be_dropped(unit, line, command, context)
    ]
    if len(found) < 2:
        return
    kind, line = type_and_line(unit, context.release)
    if kind == "oneshot":
        return
    related: list[tuple[Place, str]] = [(found[0][0], "the first command")]
    if line is not None:
        related.append((line, f"this makes it a service of Type={kind}"))
    second, command = found[1]
    if second.document is found[0][0].document:
        yield Hit(second, {"type": kind}, tuple(related), span=(command.start, command.end))


SILENT = (247, 248)
"""These have the condition, but break off on an assertion of their own before they come to it: they say nothing."""


@load_condition
def dbus_without_bus_name(unit: Unit, context: Context) -> Iterator[Hit]:
    """Type=dbus without a BusName= that systemd takes (service.c: service_verify).

    At Type=dbus, with the BusName= that was ignored or taken back.
    """
    kind, line = type_and_line(unit, context.release)
    if kind != "dbus" or line is None or unit.last("Service", "BusName") is not None:
        return
    bus_name = given(unit, "Service", "BusName")
    related: tuple[tuple[Place, str], ...] = ()
    if bus_name is not None:
        related = ((bus_name, "systemd ignores this name" if bus_name.value else "this clears the name"),)
    yield Hit(line, {}, related, None if context.release in SILENT else "refused")


@load_condition
def bus_name_without_dbus(unit: Unit, context: Context) -> Iterator[Hit]:
    """A BusName= of a service of another type (service.c: service_verify)."""
    kind, _ = type_and_line(unit, context.release)
    name = unit.last("Service", "BusName")
    if name is not None and kind != "dbus":
        yield Hit(name, {"type": kind}, on_name=True)


def has_command(unit: Unit, context: Context, directive: str) -> bool:
    """True where systemd has a command of this directive to run."""
    if any(commands(unit, context.release, directive)):
        return True
    # What the shell is to read need not begin with a word.
    return any(
        command.via_shell
        for line in unit.all("Service", directive)
        for command in parse_exec(line.value, context.release)
    )


def has_success_action(unit: Unit, context: Context) -> bool:
    """True with a SuccessAction= other than none."""
    return unit.value("Unit", "SuccessAction") not in ("", "none")
