"""Files that systemd and the service should share, and that only one of them sees.

PIDFile= and EnvironmentFile= are read by systemd itself, outside the sandbox (service.c: service_load_pid_file,
exec-invoke and manager: exec_context_load_environment), so a file that is merely hidden from the service is fine.
"""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import cause_fields
from unitlint.checks.sandbox.view import (
    SECTION,
    expanded,
    hiding,
    is_temporary,
    path_items,
    read_only_by,
    view_of,
)
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.unit import Unit


def file_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """The PIDFile= that the service cannot write where systemd looks, and an environment in a private /tmp."""
    yield from _pid_file(unit, context)
    for assignment in unit.all(SECTION, "EnvironmentFile"):
        path = expanded(assignment.value.removeprefix("-"), unit, context)
        if path is None or not is_temporary(path):
            continue
        hidden = hiding(view_of(unit, context), path)
        if hidden is not None and hidden.emptied:
            reason = "is read by systemd in the host's directory, but {cause} gives the service another one"
            yield _hit(assignment, reason, hidden.cause)


def _pid_file(unit: Unit, context: Context) -> Iterator[Hit]:
    pid_file = unit.last(SECTION, "PIDFile")
    if pid_file is None or unit.value(SECTION, "Type") != "forking" or unit.value(SECTION, "ExecStart").startswith("+"):
        return
    text = pid_file.value if pid_file.value.startswith("/") else f"%t/{pid_file.value}"
    path = expanded(text, unit, context)
    if path is None:
        return
    view = view_of(unit, context)
    hidden = hiding(view, path)
    cause = hidden.cause if hidden is not None else read_only_by(view, path)
    if cause is not None:
        how = (
            "hides that place from the service" if hidden is not None else "makes that place read-only for the service"
        )
        yield _hit(pid_file, "is where systemd expects the process ID, but {cause} " + how, cause)


def _hit(assignment: Assignment, reason: str, cause: Assignment) -> Hit:
    fields = {"reason": reason.format(**cause_fields(cause))}
    return Hit(assignment, fields, ((cause, "because of this line"),))


def command_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """Commands with ``+`` run outside the sandbox."""
    if unit.all(SECTION, "RootImage") or unit.all(SECTION, "RootDirectory"):
        return
    view = view_of(unit, context)
    if not view.inaccessible and not view.emptied:
        return
    for assignment, command in commands(unit, context.release):
        path = expanded(command.path, unit, context)
        hidden = None if path is None or "+" in command.prefixes else hiding(view, path)
        if hidden is not None:
            fields = {"path": command.path, **cause_fields(hidden.cause)}
            span = (command.path_start, command.path_end)
            yield Hit(assignment, fields, ((hidden.cause, "hidden by this"),), span=span)


def working_directory_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """``~`` counts where it is root's home; with ``-`` the service starts in / instead, so nothing is said."""
    directory = unit.last(SECTION, "WorkingDirectory")
    if directory is None or directory.value.startswith("-") or unit.all(SECTION, "RootImage"):
        return
    text = directory.value
    if text == "~":
        if unit.scope == "user" or unit.value(SECTION, "User", "root") != "root" or unit.all(SECTION, "DynamicUser"):
            return
        text = "%h"
    path = expanded(text, unit, context)
    hidden = None if path is None else hiding(view_of(unit, context), path)
    if hidden is not None:
        fields = {"path": directory.value, **cause_fields(hidden.cause)}
        yield Hit(directory, fields, ((hidden.cause, "hidden by this"),))


def write_path_hidden(unit: Unit, context: Context) -> Iterator[Hit]:
    """Paths with ``-`` may be missing, so they count only below an inaccessible path."""
    view = view_of(unit, context)
    for item in path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"):
        hidden = hiding(view, item.path)
        if hidden is None or (hidden.emptied and item.optional):
            continue
        outcome = "so the service cannot start (226/NAMESPACE)" if hidden.emptied else "so the service cannot use it"
        fields = {"path": item.text, "outcome": outcome, **cause_fields(hidden.cause)}
        yield Hit(item.assignment, fields, ((hidden.cause, "hidden by this"),), span=(item.start, item.end))


IMAGES = ("RootImage", "RootDirectory", "MountImages", "ExtensionImages", "RootEphemeral")


def read_write_paths_without_effect(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding an assignment, and only if none of its paths has anything read-only above it."""
    if not unit.has_fragment or unit.masked or any(unit.all(SECTION, one) for one in IMAGES):
        return
    view = view_of(unit, context)
    helped: dict[int, bool] = {}
    seen = {}
    for item in path_items(unit, context, "ReadWritePaths", "ReadWriteDirectories"):
        key = id(item.assignment)
        above = view.read_only.first_around(item.path) is not None
        helped[key] = helped.get(key, False) or above or hiding(view, item.path) is not None
        seen[key] = item.assignment
    system = unit.last(SECTION, "ProtectSystem")
    for key, assignment in seen.items():
        if not helped[key]:
            related = () if system is None else ((system, f"ProtectSystem={system.value} leaves it writable"),)
            yield Hit(assignment, related=related)
