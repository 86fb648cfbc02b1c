"""UL470: what stands in root's home is out of reach for other users."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.capabilities import AMBIENT, capability_set
from unitlint.checks.sandbox.hidden import IMAGES
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands
from unitlint.units.service import other_user
from unitlint.units.unit import Unit

HOME = "/root/"


def out_of_reach(unit: Unit, context: Context) -> Iterator[Hit]:
    """WorkingDirectory= and programs in /root, and scripts of an interpreter there; one finding a service."""
    user = other_user(unit)
    if user is None or "%" in user.value or any(unit.all("Service", name) for name in IMAGES):
        return
    if {"CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"} & set(capability_set(unit, AMBIENT, context.release) or ()):
        return
    name = user.value if user.directive == "User" else "a dynamic user"
    related: tuple[tuple[Place, str], ...] = ((user, "not root"),)
    folder = unit.last("Service", "WorkingDirectory")
    if folder is not None and f"{folder.value}/".startswith(HOME):
        yield Hit(folder, {"path": folder.value, "user": name, "status": "200/CHDIR"}, related)
        return
    for line, command in commands(unit, context.release):
        if set("+!") & set(command.prefixes) or unit.is_on("Service", "PermissionsStartOnly"):
            continue
        if command.path.startswith(HOME):
            span = (command.path_start, command.path_end)
            yield Hit(line, {"path": command.path, "user": name, "status": "203/EXEC"}, related, span=span)
            return
        first = next((word for word in command.words if not word.text.startswith("-")), None)
        if first is not None and first.text.startswith(HOME):
            fields = {"path": first.text, "user": name, "status": "permission denied"}
            yield Hit(line, fields, related, span=(first.start, first.end))
            return
