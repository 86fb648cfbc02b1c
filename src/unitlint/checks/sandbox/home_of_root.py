"""Files below /root, which no other user may enter (mode 0700 or 0550 on every distribution)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.sandbox.facts import SECTION
from unitlint.checks.sandbox.hidden import IMAGES
from unitlint.checks.sandbox.view import is_below
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands
from unitlint.units.service import other_user
from unitlint.units.unit import Unit

HOME = "/root"
MOUNTS = (*IMAGES, "BindPaths", "BindReadOnlyPaths")
_PATH = late_pattern(r"(?:^|[=:,])(/root/[^\s:,;\"'|&<>]*)")


def entered(unit: Unit, context: Context) -> Iterator[Hit]:
    """The program, the working directory, and what an argument names; one finding a command."""
    user = other_user(unit)
    if user is None or unit.scope == "user" or any(unit.all(SECTION, name) for name in MOUNTS):
        return
    related: tuple[tuple[Place, str], ...] = ((user, "runs as this user"),)
    who = user.value if user.directive == "User" else "the dynamic user"
    directory = unit.last(SECTION, "WorkingDirectory")
    if directory is not None and is_below(directory.value.lstrip("!"), HOME):
        yield Hit(directory, {"user": who, "path": directory.value}, related)
    for line, command in commands(unit, context.release):
        if any(prefix in command.prefixes for prefix in "+!"):
            continue
        if is_below(command.path, HOME):
            span = (command.path_start, command.path_end)
            yield Hit(line, {"user": who, "path": command.path}, related, span=span)
            continue
        for word in command.words:
            found = _PATH.search(word.text)
            if found is not None:
                yield Hit(line, {"user": who, "path": found[1]}, related, span=(word.start, word.end))
                break
