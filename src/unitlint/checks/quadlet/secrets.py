"""UL291: secrets in the environment of a container.  No message repeats one."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.secrets import secrets_in
from unitlint.quadlet.keys import SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


def in_environment(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Placeholders, paths and switches are no secrets."""
    for line in unit.all(SECTIONS[unit.quadlet], "Environment"):
        for name, span in secrets_in(line):
            yield Hit(line, {"name": name}, span=span)
