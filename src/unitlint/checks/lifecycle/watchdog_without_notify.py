"""UL607: a watchdog on a program of which nothing says that it feeds one."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import NOTIFY_TYPES, commands, is_whole, program
from unitlint.checks.service import service_type
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY, timespan
from unitlint.units.unit import Unit

FEEDERS = ("watchdog", "healthdog")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """A written NotifyAccess= other than none tells that the program speaks to systemd."""
    watchdog = unit.last("Service", "WatchdogSec")
    if watchdog is None or not is_whole(unit) or timespan(watchdog.value) in (None, 0, INFINITY):
        return
    if unit.value("Service", "NotifyAccess", "none") != "none":
        return
    kind = service_type(unit, context.release)
    if kind in NOTIFY_TYPES or kind in ("dbus", "oneshot"):
        return
    if any(_feeds(program(command)) for _, command in commands(unit, context)):
        return
    line = unit.last("Service", "Type")
    related: tuple[tuple[Place, str], ...] = () if line is None else ((line, "not notify"),)
    yield Hit(watchdog, {"type": kind}, related)


def _feeds(name: str) -> bool:
    """True for programs that are known to send WATCHDOG=1: systemd's own, and helpers made for it."""
    return name.startswith("systemd-") or any(word in name for word in FEEDERS)
