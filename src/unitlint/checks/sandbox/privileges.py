"""Privileges that are kept, gained or given up in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import MOST_DIGITS
from unitlint.checks.sandbox.capabilities import capability_set
from unitlint.checks.sandbox.facts import (
    NO_FILTER_BEFORE_USER,
    SECTION,
    called,
    filtered_by,
    no_new_privileges,
    on,
)
from unitlint.checks.sandbox.view import EXEC_DIRECTORIES, is_below, path_items
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands
from unitlint.units.service import other_user, runs_as_root
from unitlint.units.unit import Unit

SET_USER_ID = (
    "sudo", "su", "pkexec", "doas", "newgrp", "sg", "gpasswd", "passwd", "chsh", "fusermount", "fusermount3",
    "sendmail", "mailq", "crontab",
)  # fmt: skip
"""Programs with the set-user-ID or set-group-ID bit; sendmail hands mail to a queue that belongs to a group."""
_IN_SCRIPT = late_pattern(r"(?:^|[;&|(]\s*|\bexec\s+)(?:/usr)?(?:/s?bin/)?(sudo|pkexec|doas|sendmail|crontab)\s")


def implied_anyway(unit: Unit, context: Context) -> Iterator[Hit]:
    """NoNewPrivileges=no where a filter of system calls needs it on; DynamicUser= is the matter of UL431.

    Commands with ``+`` or ``!`` keep the manager's privileges, so nothing is implied for them.
    """
    line = unit.last(SECTION, "NoNewPrivileges")
    if line is None or not unit.is_off(SECTION, "NoNewPrivileges") or on(unit, "DynamicUser"):
        return
    unprivileged = unit.scope == "user" or (context.release < NO_FILTER_BEFORE_USER and other_user(unit) is not None)
    cause = filtered_by(unit) if unprivileged else None
    if cause is not None and any(not set("+!") & set(one.prefixes) for _, one in commands(unit, context.release)):
        yield Hit(line, {"cause": cause.directive}, ((cause, "enables it"),))


def set_user_id_program(unit: Unit, context: Context) -> Iterator[Hit]:
    """A program that works only by gaining privileges, for a service that may gain none."""
    user = other_user(unit)
    cause = no_new_privileges(unit, context.release) if user is not None or unit.scope == "user" else None
    if cause is None:
        return
    related: tuple[tuple[Place, str], ...] = ((cause, "no privileges can be gained"),)
    for line, command in commands(unit, context.release):
        if "+" in command.prefixes or "!" in command.prefixes:
            continue
        name = called(command)[0]
        inside = next((found[1] for word in command.words if (found := _IN_SCRIPT.search(word.text))), None)
        if name in SET_USER_ID or inside is not None:
            fields = {"program": name if name in SET_USER_ID else inside, "cause": f"{cause.directive}={cause.value}"}
            yield Hit(line, fields, related, span=(command.path_start, command.path_end))


def file_capabilities(unit: Unit, context: Context) -> Iterator[Hit]:
    """setcap on the service's own program, which starts with no-new-privileges (capabilities(7), execve)."""
    cause = no_new_privileges(unit, context.release) if other_user(unit) is not None else None
    if cause is None or unit.all(SECTION, "AmbientCapabilities"):
        return
    own = {command.path for _, command in commands(unit, context.release, "ExecStart")}
    for line, command in commands(unit, context.release):
        text = " ".join([command.path, *(word.text for word in command.words)])
        if re.search(r"\bsetcap\s", text) and any(path in text for path in own):
            fields = {"cause": f"{cause.directive}={cause.value}"}
            yield Hit(
                line, fields, ((cause, "no privileges can be gained"),), span=(command.path_start, command.path_end)
            )
            return


def protect_proc_as_root(unit: Unit, context: Context) -> Iterator[Hit]:
    """CAP_SYS_PTRACE sees every process, and root has it."""
    line = unit.last(SECTION, "ProtectProc")
    if line is None or line.value in ("", "default") or not unit.has_fragment or not runs_as_root(unit):
        return
    bounding = capability_set(unit, "CapabilityBoundingSet", context.release)
    if bounding is None or "CAP_SYS_PTRACE" in bounding:
        yield Hit(line)


OTHERS_WRITE = 0o002


def umask(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The mask is read as an octal number, whatever its form."""
    section = unit.type.capitalize() if unit.type != "service" else SECTION
    line = unit.last(section, "UMask")
    if line is None or not line.value or any(char not in "01234567" for char in line.value):
        return
    mask = int(line.value[-MOST_DIGITS:], 8)
    if not mask & OTHERS_WRITE:
        yield Hit(line, {"mode": f"{0o666 & ~mask:o}", "directories": f"{0o777 & ~mask:o}"})


LASTING = ("/var/lib", "/var/log", "/var/cache", "/var/spool", "/srv", "/opt", "/home", "/etc", "/data", "/mnt")


def writes_elsewhere(unit: Unit, context: Context) -> Iterator[Hit]:
    """Places that outlast the user, and that no directive hands over to the next one."""
    dynamic = on(unit, "DynamicUser")
    if dynamic is None or unit.all(SECTION, "SupplementaryGroups") or unit.all(SECTION, "Group"):
        return
    own = [f"{root}/" for root, _ in EXEC_DIRECTORIES.values()]
    named = {f"{root}/{word}" for (name, (root, _)) in EXEC_DIRECTORIES.items() for word in _words(unit, name)}
    for item in path_items(unit, context, "ReadWritePaths"):
        lasting = any(is_below(item.path, one) for one in LASTING)
        handed_over = any(is_below(item.path, one) for one in named) and any(item.path.startswith(one) for one in own)
        if lasting and not handed_over:
            related = ((dynamic, "another user at the next start"),)
            yield Hit(item.assignment, {"path": item.text}, related, span=(item.start, item.end))


def _words(unit: Unit, name: str) -> list[str]:
    return [word.partition(":")[0] for line in unit.all(SECTION, name) for word in line.value.split()]
