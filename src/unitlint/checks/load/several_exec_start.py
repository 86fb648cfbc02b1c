"""UL204: more than one ExecStart= command in a service that is no oneshot (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import load_condition
from unitlint.checks.load.service_facts import commands, service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the second command, which may stand in the same line after a semicolon.

    A second command that another file adds is told by UL901, which knows the mend.
    """
    found = commands(unit, "ExecStart", context)
    if len(found) < 2:
        return
    kind, line = service_type(unit, context)
    if kind == "oneshot":
        return
    related: list[tuple[Place, str]] = [(found[0].assignment, "the first command")]
    if line is not None:
        related.append((line, f"this makes it a service of Type={kind}"))
    second = found[1]
    if second.assignment.document is not found[0].assignment.document:
        return
    yield Hit(second.assignment, {"type": kind}, tuple(related), span=(second.start, second.end))
