"""UL732: targets of old releases that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import REQUIRING, references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

GONE = {
    "syslog.target": "the journal's socket is there before every service",
    "dbus.target": "every service comes after dbus.socket by default",
    "http-daemon.target": "order the unit after the server itself",
    "mail-transfer-agent.target": "order the unit after the server itself",
    "hal.target": "udev has taken its place",
}
"""Dropped from systemd by release 213, with what to know instead."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for a target of the checked set."""
    for one in references(unit, "After", "Before", "Wants", *REQUIRING):
        if one.name in GONE and one.name not in context.units:
            outcome = "so this unit cannot start" if one.line.directive in REQUIRING else "so the line does nothing"
            fields = {"name": one.name, "outcome": outcome, "instead": GONE[one.name]}
            yield Hit(one.line, fields, span=one.span)
