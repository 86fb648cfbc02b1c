"""UL405: files that systemd and the service should share, and that only one of them sees.

PIDFile= and EnvironmentFile= are read by systemd itself, outside the sandbox (service.c: service_load_pid_file,
exec-invoke and manager: exec_context_load_environment), so a file that is merely hidden from the service is fine.
"""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.view import SECTION, TEMPORARY, expanded, hiding, is_below, read_only_by, view_of
from unitlint.checks.sandbox.words import cause_fields
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """The PIDFile= that the service cannot write where systemd looks, and an environment in a private /tmp."""
    yield from _pid_file(unit, context)
    for assignment in unit.all(SECTION, "EnvironmentFile"):
        path = expanded(assignment.value.removeprefix("-"), unit, context)
        if path is None or not any(is_below(path, one) for one in TEMPORARY):
            continue
        hidden = hiding(view_of(unit, context), path)
        if hidden is not None and hidden.emptied:
            reason = "is read by systemd in the machine's own folder, and {cause} gives the service another one"
            yield _hit(assignment, reason, hidden.cause)


def _pid_file(unit: Unit, context: Context) -> Iterator[Hit]:
    pid_file = unit.last(SECTION, "PIDFile")
    if pid_file is None or unit.value(SECTION, "Type") != "forking" or unit.value(SECTION, "ExecStart").startswith("+"):
        return
    text = pid_file.value if pid_file.value.startswith("/") else f"%t/{pid_file.value}"
    path = expanded(text, unit, context)
    if path is None:
        return
    # /var/run is a link to /run on every system that systemd runs.
    path = path.removeprefix("/var") if is_below(path, "/var/run") else path
    view = view_of(unit, context)
    hidden = hiding(view, path)
    cause = hidden.cause if hidden is not None else read_only_by(view, path)
    if cause is not None:
        how = (
            "hides that place from the service" if hidden is not None else "makes that place read-only for the service"
        )
        yield _hit(pid_file, "is where systemd waits for the process id, and {cause} " + how, cause)


def _hit(assignment: Assignment, reason: str, cause: Assignment) -> Hit:
    fields = {"reason": reason.format(**cause_fields(cause))}
    return Hit(assignment, fields, ((cause, "because of this"),))
