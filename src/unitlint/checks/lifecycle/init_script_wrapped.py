"""UL625: a unit that only calls an init script."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import SHELLS, commands, program
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

FOLDERS = ("/etc/init.d/", "/etc/rc.d/")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding a unit, at the first command that runs an init script, itself or by a shell."""
    for directive in ("ExecStart", "ExecStop", "ExecReload"):
        for line, command in commands(unit, context, directive):
            words = [word.text for word in command.words if not word.text.startswith("-")]
            path = words[0] if program(command) in SHELLS and words else command.path
            if path.startswith(FOLDERS):
                yield Hit(line, {"path": path.split()[0]})
                return
