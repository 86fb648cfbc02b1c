"""UL443: specifiers that speak of the manager, in a service that runs as somebody else (systemd issue 12389)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.checks.sandbox.facts import other_user
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

_SPECIFIER = re.compile(r"%(?:%|([hugUGs]))")
MEANING = {
    "h": "root's home, /root", "u": "root", "g": "root", "U": "0", "G": "0", "s": "root's shell",
}  # fmt: skip


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Every use in [Unit] and [Service] of a system service with User=."""
    user = other_user(unit)
    if user is None or user.directive != "User":
        return
    for (section, _), lines in unit.effective.items():
        for line in lines if section in ("Unit", "Service") else ():
            for found in _SPECIFIER.finditer(line.value) if "%" in line.value else ():
                if found[1]:
                    fields = {"specifier": found[0], "meaning": MEANING[found[1]], "user": user.value}
                    yield Hit(line, fields, ((user, "runs as this user"),), span=found.span())
