"""UL436 to UL438, UL448 and UL449: privileges that are kept, gained or given up in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_lasting
from unitlint.checks.sandbox.capabilities import capability_set
from unitlint.checks.sandbox.facts import (
    NO_FILTER_BEFORE_USER,
    SECTION,
    called,
    exec_lines,
    filtered_by,
    no_new_privileges,
    on,
    other_user,
    own_mounts,
    runs_as_root,
)  # fmt: skip
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

SET_USER_ID = ("sudo", "su", "pkexec", "doas", "newgrp", "sg", "gpasswd", "passwd", "chsh", "fusermount", "fusermount3")
_IN_SCRIPT = re.compile(r"(?:^|[;&|(]\s*|\bexec\s+)(?:/usr)?(?:/s?bin/)?(sudo|pkexec|doas)\s")


def implied_anyway(unit: Unit, context: Context) -> Iterator[Hit]:
    """NoNewPrivileges=no where a filter of system calls needs it on; DynamicUser= is the matter of UL431.

    Commands with ``+`` or ``!`` keep the manager's privileges, so nothing is implied for them.
    """
    line = unit.last(SECTION, "NoNewPrivileges")
    if line is None or boolean(line.value) is not False or on(unit, "DynamicUser"):
        return
    unprivileged = unit.scope == "user" or (context.release < NO_FILTER_BEFORE_USER and other_user(unit) is not None)
    cause = filtered_by(unit) if unprivileged else None
    if cause is not None and any(not set("+!") & set(one.prefixes) for _, one in exec_lines(unit, context)):
        yield Hit(line, {"cause": cause.directive}, ((cause, "switches it on"),))


def set_user_id_program(unit: Unit, context: Context) -> Iterator[Hit]:
    """A program that works only by gaining privileges, for a service that may gain none."""
    user = other_user(unit)
    cause = no_new_privileges(unit, context.release) if user is not None or unit.scope == "user" else None
    if cause is None:
        return
    related: tuple[tuple[Place, str], ...] = ((cause, "no privileges are gained"),)
    for line, command in exec_lines(unit, context):
        if "+" in command.prefixes or "!" in command.prefixes:
            continue
        name = called(command)[0]
        inside = next((found[1] for word in command.words if (found := _IN_SCRIPT.search(word.text))), None)
        if name in SET_USER_ID or inside is not None:
            fields = {"program": name if name in SET_USER_ID else inside, "cause": f"{cause.directive}={cause.value}"}
            yield Hit(line, fields, related, span=(command.path_start, command.path_end))


def main_command_with_plus(unit: Unit, context: Context) -> Iterator[Hit]:
    """``+`` before the command that goes on running, in a unit that otherwise takes care."""
    cause = other_user(unit) or own_mounts(unit) or filtered_by(unit) or on(unit, "NoNewPrivileges")
    if cause is None or not is_lasting(unit, context):
        return
    for line, command in exec_lines(unit, context, ("ExecStart",)):
        if "+" in command.prefixes:
            fields = {"cause": f"{cause.directive}={cause.value}"}
            yield Hit(line, fields, ((cause, "does not apply to it"),), span=(command.start, command.path_end))


def user_lifted(unit: Unit, context: Context) -> Iterator[Hit]:
    """``!`` before the command that goes on running; ``!!`` does so only on kernels without ambient capabilities."""
    user = other_user(unit)
    if user is None or not is_lasting(unit, context):
        return
    for line, command in exec_lines(unit, context, ("ExecStart",)):
        if command.prefixes.count("!") == 1:
            related: tuple[tuple[Place, str], ...] = ((user, "not applied"),)
            yield Hit(line, {"user": user.value}, related, span=(command.start, command.path_end))


def remove_ipc_as_root(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Only what belongs to the user or group of the unit is removed, and never root's."""
    line = on(unit, "RemoveIPC")
    if line is not None and unit.has_fragment and runs_as_root(unit) and not unit.all(SECTION, "Group"):
        yield Hit(line)


def protect_proc_as_root(unit: Unit, _context: Context) -> Iterator[Hit]:
    """CAP_SYS_PTRACE sees every process, and root has it."""
    line = unit.last(SECTION, "ProtectProc")
    if line is None or line.value in ("", "default") or not unit.has_fragment or not runs_as_root(unit):
        return
    bounding = capability_set(unit, "CapabilityBoundingSet")
    if bounding is None or "CAP_SYS_PTRACE" in bounding:
        yield Hit(line)
