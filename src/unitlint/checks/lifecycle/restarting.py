"""What Restart= and its limits come to."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.checks.references import REQUIRING, keys_of, names_of
from unitlint.checks.service import is_early, is_lasting, is_whole, restarts
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, integer, timespan

SECOND = 1_000_000
DEFAULT_INTERVAL = 10 * SECOND
DEFAULT_BURST = 5
DEFAULT_PAUSE = SECOND / 10
INTERVALS = (("Unit", "StartLimitIntervalSec"), ("Unit", "StartLimitInterval"), ("Service", "StartLimitInterval"))
BURSTS = (("Unit", "StartLimitBurst"), ("Service", "StartLimitBurst"))


AFTER_ERRORS = ("always", "on-failure")


def restart_without_end(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Several restarts a second and no start limit.

    Silent where RestartSec= is a second or more, or grows (RestartSteps=).
    """
    restart = unit.last("Service", "Restart")
    if (
        restart is None
        or restart.value not in AFTER_ERRORS
        or not is_whole(unit)
        or unit.all("Service", "RestartSteps")
    ):
        return
    limit = start_limit(unit)
    if limit is None or limit.off is None or limit.pause >= SECOND:
        return
    related: list[tuple[Place, str]] = [(restart, "the restart policy")]
    if limit.pause_line is not None:
        related.append((limit.pause_line, "the pause before each restart"))
    rate = "at once" if limit.pause == 0 else f"up to {SECOND / limit.pause:.0f} times a second"
    yield Hit(limit.off, {"rate": rate}, tuple(related))


SOON = 2 * SECOND


def gives_up_soon(unit: Unit, context: Context) -> Iterator[Hit]:
    """A service that waits for another one, which may be down for longer than the start limit allows restarts, or that
    is meant to stay."""
    for hit in _soon_over(unit, context):
        needed = _needed_service(unit)
        if _matters(unit, needed):
            later = "" if needed is None else f", even if {needed} is back later"
            yield Hit(hit.at, {**hit.fields, "later": later}, hit.related)


def gives_up_soon_alone(unit: Unit, context: Context) -> Iterator[Hit]:
    """The same of all others."""
    for hit in _soon_over(unit, context):
        if not _matters(unit, _needed_service(unit)):
            yield hit


def _matters(unit: Unit, needed: str | None) -> bool:
    return (needed is not None or _is_meant_to_stay(unit)) and not is_early(unit)


def _is_meant_to_stay(unit: Unit) -> bool:
    """Where somebody chose the pause, or it is to be restarted always; most Quadlets say that without meaning it."""
    is_always = unit.value("Service", "Restart") == "always" and not unit.quadlet
    return is_always or unit.last("Service", "RestartSec") is not None


SELDOM_DOWN = (
    "dbus.service", "dbus-broker.service", "syslog.service", "rsyslog.service", "auditd.service", "network.service",
    "networking.service", "NetworkManager.service", "NetworkManager-wait-online.service", "dhcpcd.service",
    "cloud-init.service", "cloud-final.service", "polkit.service", "ufw.service", "firewalld.service",
)  # fmt: skip
"""Parts of the system that are up before any other service, or that a service only comes after."""
_AWAITED = keys_of((*REQUIRING, "Wants", "After"))
NO_DAEMONS = ("-pod.service", "-network.service", "-volume.service", "-image.service", "-build.service")
"""Ends of names of services that Podman's generator makes, which end at once."""


def _needed_service(unit: Unit) -> str | None:
    """The first service that this one requires, wants or comes after and that may fail and come back."""
    for name in names_of(unit, _AWAITED):
        if not name.endswith(".service") or name in SELDOM_DOWN or name.endswith(NO_DAEMONS) or name == unit.name:
            continue
        if not name.startswith(("systemd-", "user@", "getty@", "initrd-")):
            return name
    return None


def _soon_over(unit: Unit, context: Context) -> Iterator[Hit]:
    """A start limit that is used up within two seconds, or the default one that is used up at all.

    Silent where the limit is off, or where restarts are slow enough. A limit that somebody wrote may be meant.
    """
    restart = unit.last("Service", "Restart")
    if restart is None or restart.value not in AFTER_ERRORS or not is_whole(unit) or not is_lasting(unit, context):
        return
    limit = start_limit(unit)
    if limit is None or limit.off is not None or unit.all("Service", "RestartSteps"):
        return
    time = limit.burst * limit.pause
    is_default = limit.burst_line is None and limit.interval_line is None
    if time >= limit.interval or (time >= SOON and not is_default):
        return
    lines = ((limit.pause_line, "the pause"), (limit.interval_line, "the interval"), (limit.burst_line, "the burst"))
    related: tuple[tuple[Place, str], ...] = tuple((line, word) for line, word in lines if line is not None)
    fields: dict[str, object] = {
        "burst": f"{limit.burst:g}",
        "interval": in_words(limit.interval),
        "pause": in_words(limit.pause),
        "time": in_words(time),
    }
    yield Hit(restart, fields, related)


QUICKEST_RESTART = 20_000
"""Microseconds that a process needs at least to start, fail and start again."""


def start_limit_never_reached(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A written start limit that RestartSec= keeps from ever being reached.

    Only where somebody wrote a limit: that the default one is not reached may be meant.
    """
    limit = start_limit(unit) if is_whole(unit) and restarts(unit) else None
    if limit is None:
        return
    if limit.off is not None or limit.interval == INFINITY or limit.burst * limit.pause < limit.interval:
        return
    at = limit.burst_line or limit.interval_line
    if at is None or limit.burst * QUICKEST_RESTART > limit.interval:
        return  # no service starts as often as that: this limit is meant as none
    related: list[tuple[Place, str]] = []
    if limit.interval_line is not None and limit.interval_line is not at:
        related.append((limit.interval_line, "the interval"))
    if limit.pause_line is not None:
        related.append((limit.pause_line, "the least time between two starts"))
    fields: dict[str, object] = {
        "burst": f"{limit.burst:g}",
        "interval": in_words(limit.interval),
        "pause": in_words(limit.pause),
        "sum": in_words(limit.burst * limit.pause),
    }
    yield Hit(at, fields, tuple(related))


class StartLimit(NamedTuple):
    """Times in microseconds; the lines are None where a default holds."""

    interval: float
    burst: float
    pause: float
    interval_line: Assignment | None
    burst_line: Assignment | None
    pause_line: Assignment | None

    @property
    def off(self) -> Assignment | None:
        """The line that switches the limit off."""
        if self.interval == 0:
            return self.interval_line
        return self.burst_line if self.burst == 0 else None


def start_limit(unit: Unit) -> StartLimit | None:
    """The limit as systemd will apply it; None where a value cannot be read."""
    interval_line = _first(unit, INTERVALS)
    burst_line = _first(unit, BURSTS)
    pause_line = unit.last("Service", "RestartSec")
    interval = DEFAULT_INTERVAL if interval_line is None else timespan(interval_line.value)
    burst = DEFAULT_BURST if burst_line is None else integer(burst_line.value)
    pause = DEFAULT_PAUSE if pause_line is None else timespan(pause_line.value)
    if interval is None or burst is None or pause is None or pause == INFINITY:
        return None
    return StartLimit(interval, burst, pause, interval_line, burst_line, pause_line)


def in_words(microseconds: float) -> str:
    """``1min 30s`` for a person to read."""
    if microseconds == INFINITY:
        return "infinity"
    seconds = microseconds / SECOND
    if seconds < 1:
        return f"{microseconds / 1000:g}ms"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours}h"] if hours else []
    parts += [f"{minutes}min"] if minutes else []
    parts += [f"{rest:g}s"] if rest or not parts else []
    return " ".join(parts)


def _first(unit: Unit, names: tuple[tuple[str, str], ...]) -> Assignment | None:
    for name in names:
        found = unit.last(*name)
        if found is not None:
            return found
    return None


NAMES = {"StartLimitInterval": "StartLimitIntervalSec", "StartLimitBurst": "", "StartLimitAction": ""}


def start_limit_in_service(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Both sections set the same thing, and the later line wins; the other one is shown."""
    for name, new in NAMES.items():
        for line in unit.all("Service", name):
            others = (*unit.all("Unit", new or name), *unit.all("Unit", name)) if new else unit.all("Unit", name)
            related: tuple[tuple[Place, str], ...] = tuple((one, "this sets the same limit") for one in others)
            yield Hit(line, {"new": new or name}, related, on_name=True)


DELAYS = ("RestartSec", "RestartSteps", "RestartMaxDelaySec", "RestartPreventExitStatus")


def delay_without_restart(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the first of DELAYS; silent where a drop-in switches off the restarts of the unit below it."""
    delay = next((line for name in DELAYS if (line := unit.last("Service", name)) is not None), None)
    if delay is None or unit.last("Service", "RestartForceExitStatus") is not None:
        return
    restart = unit.last("Service", "Restart")
    if restart is None:
        if is_whole(unit):
            yield Hit(delay, {"reason": "not set"}, on_name=True)
    elif restart.value == "no" and restart.document is delay.document:
        yield Hit(delay, {"reason": "no"}, ((restart, "restarts are disabled here"),), on_name=True)
