"""What a drop-in does to the settings of the unit below it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from unitlint.base.finding import Span
from unitlint.catalogue import lookup
from unitlint.checks.lifecycle.no_restart import looks_like_a_task
from unitlint.checks.references import DEPENDENCIES
from unitlint.rules.model import Context, Hit, Place, line_place
from unitlint.syntax.document import Assignment, Document
from unitlint.units.commands import commands, program
from unitlint.units.merge import TRIGGERS
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, parse_boolean, size, timespan

SWITCHES = frozenset((
    "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "PrivateNetwork", "PrivateUsers", "ProtectSystem", "ProtectHome",
    "ProtectKernelTunables", "ProtectKernelModules", "ProtectKernelLogs", "ProtectControlGroups", "ProtectClock",
    "ProtectHostname", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality",
    "MemoryDenyWriteExecute", "DynamicUser",
))  # fmt: skip
LIMITS = frozenset(("MemoryMax", "MemoryHigh", "MemorySwapMax", "TasksMax"))


def no_effect(unit: Unit, context: Context) -> Iterator[Hit]:
    """A drop-in's line that says what the line before it said."""
    for earlier, later in _overrides(unit):
        if earlier.value == later.value and later.value:
            yield Hit(later, {}, ((earlier, "the same is set here"),))


def weakened(unit: Unit, context: Context) -> Iterator[Hit]:
    """A drop-in that switches a part of the sandbox off, or lifts a limit."""
    for earlier, later in _overrides(unit):
        name = later.directive
        off = name in SWITCHES and parse_boolean(later.value) is False and parse_boolean(earlier.value) is not False
        if off or (name in LIMITS and size(later.value) == INFINITY != size(earlier.value)):
            yield Hit(later, {"was": earlier.value}, ((earlier, "set here in the unit"),))


def _overrides(unit: Unit) -> Iterator[tuple[Assignment, Assignment]]:
    """Lines of drop-ins that decide a one-value directive, each with the line of another file before it."""
    if len(unit.documents) < 2 or not unit.has_fragment:
        return
    for (section, directive), lines in unit.assignments.items():
        if len(lines) < 2 or lines[-1].document is lines[-2].document:
            continue
        entry = lookup("unit", section, directive)
        if entry is not None and not entry.get("repeatable") and unit.last(section, directive) is lines[-1]:
            yield lines[-2], lines[-1]


LISTENERS = ("ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenFIFO")
FAMILIES = {
    "timer": ("Timer", TRIGGERS, "also starts its unit at the times of the unit file"),
    "socket": ("Socket", LISTENERS, "also listens where the unit file says"),
}
"""Lists that one empty assignment of any of them clears; a timer or socket without one would not load."""
COMMANDS = {"ExecReload": "is reloaded by both commands", "ExecStop": "is stopped by both commands"}


def lists_added_to(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Where only the drop-in is known, a timer or socket has a list all the same."""
    if unit.type in FAMILIES:
        section, names, outcome = FAMILIES[unit.type]
        yield from _added(unit, section, names, outcome)
    elif unit.type == "service" and unit.has_fragment:
        for name, what in COMMANDS.items():
            yield from _added(unit, "Service", (name,), what)


def _added(unit: Unit, section: str, names: tuple[str, ...], outcome: str) -> Iterator[Hit]:
    """At the first line of a drop-in that comes on top of what the unit file says."""
    base = unit.documents[0] if unit.has_fragment else None
    kept: list[Assignment] = []
    for name in names:
        lines = unit.all(section, name)
        kept += [line for line in lines if line.document is base]
    added = [line for name in names for line in unit.all(section, name) if line.document is not base]
    reset = any(not line.value for name in names for line in unit.assignments.get((section, name), ()))
    if not added or (not kept and (base is not None or reset)):
        return
    if section != "Socket":
        added = [line for line in added if line.value not in {old.value for old in kept}]  # the same once more
    if not added or _are_among(kept, added) or _come_first(kept, added):
        return
    related: tuple[tuple[Place, str], ...] = tuple((line, "this applies as well") for line in kept)
    yield Hit(added[0], {"outcome": outcome, "type": unit.type}, related, on_name=True)


_REPEATING = ("OnUnitActiveSec", "OnUnitInactiveSec")


def _come_first(kept: list[Assignment], added: list[Assignment]) -> bool:
    """True of a shorter interval, which elapses before the longer one and restarts it; of an unknown one as well."""
    name = added[0].directive
    if name not in _REPEATING or any(line.directive != name for line in added):
        return False
    shortest = min(timespan(line.value) or 0 for line in added)
    return all(shortest <= (timespan(line.value) or 0) for line in kept if line.directive == name)


_PERIODS = ("minutely", "hourly", "daily")
_LONGER = ("weekly", "monthly", "quarterly", "semiannually", "yearly", "annually")


def _are_among(kept: list[Assignment], added: list[Assignment]) -> bool:
    """True where every old time is one of the new ones: midnight is a full hour as well (systemd.time(7))."""
    periods = [line.value for line in added if line.directive == "OnCalendar" and line.value in _PERIODS]
    if not kept or not periods or any(line.directive != "OnCalendar" for line in kept):
        return False
    rarer = (*_PERIODS[min(map(_PERIODS.index, periods)) :], *_LONGER)
    return all(line.value in rarer for line in kept)


def exec_start_without_reset(unit: Unit, context: Context) -> Iterator[Hit]:
    """More than one effective ExecStart=, from different files, in a service that is not oneshot.

    Of a unit file that is not in sight nobody knows the type; :func:`added_alone` speaks of its drop-ins.
    """
    lines = unit.all("Service", "ExecStart")
    kind = unit.value("Service", "Type")
    if len(lines) < 2 or kind == "oneshot" or not (kind or unit.has_fragment):
        return
    first = lines[0]
    generated = set(map(id, unit.generated))  # Podman's own line beside one of the Quadlet is another rule's business
    for line in lines[1:]:
        is_of_another_file = line.document is not first.document and id(line) not in generated
        if is_of_another_file and line.value.strip(" ;"):  # a semicolon alone adds no command
            yield Hit(line, related=((first, "the unit's own command is still in the list"),))
            return


def added_alone(unit: Unit, context: Context) -> Iterator[Hit]:
    """A drop-in whose unit is not in sight, with an ExecStart= that takes nothing back; tasks are oneshots mostly."""
    lines = unit.assignments.get(("Service", "ExecStart"), ())
    if unit.has_fragment or unit.masked or not lines or not lines[0].value or unit.name.startswith("*."):
        return
    if unit.value("Service", "Type") != "oneshot" and not looks_like_a_task(unit, context):
        yield Hit(lines[0], {"unit": unit.name})


def added_to_oneshot(unit: Unit, context: Context) -> Iterator[Hit]:
    """A drop-in that runs a program of the unit file once more; another program is hardly meant to replace it."""
    lines = unit.all("Service", "ExecStart")
    if not unit.has_fragment or len(lines) < 2 or unit.value("Service", "Type") != "oneshot":
        return
    base: dict[str, Assignment] = {}
    for line, command in commands(unit, context.release, "ExecStart"):
        if line.document is unit.documents[0]:
            base.setdefault(program(command), line)
            continue
        words = {program(command), *(word.text.rpartition("/")[2] for word in command.words)} - {""}
        again = next((first for name, first in base.items() if name in words and name not in SEVERAL), None)
        if again is not None:
            yield Hit(line, {}, ((again, "this command still runs first"),))
            return


SEVERAL = frozenset(
    ("sh", "bash", "env", "true", "echo", "mkdir", "chown", "chmod", "rm", "cp", "ln", "ip", "sysctl", "systemctl")
)
"""Programs of which several calls are usual."""


def command_only_cleared(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Drop-ins whose unit is not in sight, and of which the last ExecStart= is the empty one."""
    lines = unit.assignments.get(("Service", "ExecStart"), ())
    if unit.has_fragment or unit.masked or not lines or lines[-1].value or unit.name.startswith("*."):
        return
    if not unit.all("Service", "ExecStop") and unit.value("Unit", "SuccessAction") in ("", "none"):
        yield Hit(lines[-1], {"unit": unit.name}, on_name=True)


def dependency_not_cleared(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``After=`` without a value in a drop-in (systemd.unit(5): dependencies cannot be reset to an empty list)."""
    base = unit.documents[0] if unit.has_fragment else None
    for (section, directive), lines in unit.assignments.items():
        if section == "Unit" and directive in DEPENDENCIES:
            cleared = next((line for line in lines if not line.value and line.document is not base), None)
            if cleared is not None:
                yield Hit(cleared, {}, on_name=True)


def hidden_by_own(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A drop-in for the whole type (service.d) that a drop-in of the unit's own with the same name replaces.

    An empty one is there to keep the other away (systemd.unit(5), Examples).
    """
    for path in unit.hidden_drop_ins:
        name = os.path.basename(path)
        own = next((document for document in unit.documents if os.path.basename(document.path) == name), None)
        if own is not None and own.assignments:
            related: Place = Document(path, ""), Span(1, 1, 1, 1)
            at = line_place(own, own.headers[0].line if own.headers else 1)
            yield Hit(at, {"unit": unit.name, "other": path}, ((related, "not read for this unit"),))


LATER = "takes effect only when the unit is enabled again; one that is already enabled keeps its links"
NEVER = "is never read: `systemctl enable` reads only the directories named after the unit and its template"


def install(unit: Unit, _context: Context) -> Iterator[Hit]:
    """systemctl knows neither the drop-ins of a whole type nor those of a name cut at a dash."""
    for document in unit.documents[1:] if unit.has_fragment else unit.documents:
        folder = document.path.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
        stem = folder.removesuffix(".d").rpartition(".")[0]
        for header in document.headers:
            if header.name == "Install":
                what = NEVER if not stem or stem.endswith("-") else LATER
                yield Hit(line_place(document, header.line), {"what": what})
                break
