"""UL748: what comes before sleep and what after it (units/sleep.target, suspend.target; systemd-suspend.service(8))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.references import references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

SLEEP = "sleep.target"
AFTERWARDS = ("suspend.target", "hibernate.target", "hybrid-sleep.target", "suspend-then-hibernate.target")
"""Each requires its systemd-….service, which sleeps, and is reached when that has ended."""


def wrong_target(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Before= a target that is reached after sleep, and After= the one that is reached before it; one finding."""
    if not unit.has_fragment or unit.masked or unit.scope != "system":
        return
    wanted = {reference.name for reference in references(unit, "WantedBy", "RequiredBy", section="Install")}
    before, after = references(unit, "Before"), references(unit, "After")
    names = {reference.name for reference in before}
    sleeps = {name for name in names if name == SLEEP or name.startswith("systemd-")}
    for reference in before if not sleeps else ():
        if reference.name in AFTERWARDS and reference.name in wanted:
            outcome = "does not delay the sleep: this target is reached after the machine has woken up"
            yield Hit(reference.line, {"name": reference.name, "outcome": outcome}, span=reference.span)
            return
    if any(reference.name in AFTERWARDS or reference.name.startswith("systemd-") for reference in after):
        return
    for reference in after:
        if reference.name == SLEEP and wanted == {SLEEP}:
            outcome = "does not wait for the resume: this target is reached before the machine sleeps"
            yield Hit(reference.line, {"name": SLEEP, "outcome": outcome}, span=reference.span)
            return
