"""Timers, sockets and paths, and what they start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.dependencies.misspelt import by_default, system_units, user_units
from unitlint.checks.references import STARTS_BY, Names, all_names, neighbour, references, stem_of
from unitlint.files.names import template_of
from unitlint.rules.model import Context, Hit, Place, WholeSet, header_place
from unitlint.units.unit import Unit
from unitlint.values.typed import timespan
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REPEATING = ("OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec")
WATCHES = ("PathChanged", "PathModified")
"""What may happen again; of PathExists= and the like once may be meant."""
FIRST = ("OnCalendar", "OnBootSec", "OnStartupSec", "OnActiveSec", "OnClockChange", "OnTimezoneChange")


def timer_and_boot(unit: Unit, context: Context) -> Iterator[Hit]:
    """A timer of the same tree starts the service, and so does a target."""
    timer = _timer_of(unit, context)
    if timer is None or unit.masked:
        return
    wanted = next(
        (one for one in references(unit, "WantedBy", section="Install") if one.name.endswith(".target")), None
    )
    if wanted is None:
        return
    if unit.scope == "user" and wanted.name in system_units() and wanted.name not in user_units():
        return  # UL713 speaks of a target that never starts anything
    head = header_place(timer, "Timer")
    related: tuple[tuple[Place, str], ...] = () if head is None else ((head, "the timer"),)
    event = "login" if unit.scope == "user" else "boot"
    yield Hit(wanted.line, {"timer": timer.name, "target": wanted.name, "event": event}, related, span=wanted.span)


def pulls_its_unit(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The timer or path requires or wants what it starts."""
    started = started_by(unit)
    for one in references(unit, "Requires", "Wants", "BindsTo", "Upholds"):
        if one.name == started:
            yield Hit(one.line, {"name": one.name, "type": unit.type}, span=one.span)


def fires_once(unit: Unit, context: Context) -> Iterator[Hit]:
    """The service of a repeating timer, or of a path unit, stays active."""
    remain = unit.last("Service", "RemainAfterExit")
    if remain is None or not unit.is_on("Service", "RemainAfterExit"):
        return
    timer, path = _timer_of(unit, context), _activator_of(unit, "path", context)
    repeats = [line for name in REPEATING for line in timer.all("Timer", name)] if timer else []
    repeats = [line for line in repeats if timespan(line.value) != 0]
    if timer is not None and repeats:
        yield Hit(remain, {"timer": timer.name}, tuple((line, "elapses again and again") for line in repeats))
    watches = [line for name in WATCHES for line in path.all("Path", name)] if path else []
    if path is not None and watches:
        yield Hit(remain, {"timer": path.name}, tuple((line, "is watched all the time") for line in watches))


def never_begins(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only times relative to the last run, and nobody who starts the first."""
    if not unit.has_fragment or unit.masked or any(unit.all("Timer", name) for name in FIRST):
        return
    name = started_by(unit)
    if any(one.name == name for one in references(unit, "Requires", "Wants", "BindsTo", "Upholds")):
        return
    service = neighbour(unit, name, context)
    if service is not None and (service.all("Install", "WantedBy") or service.all("Install", "RequiredBy")):
        return
    if service is None and any(one.name == name for one in references(unit, "PartOf", "After")):
        return  # it belongs to a service that is not in sight and may be started by itself
    line = unit.last("Timer", "OnUnitActiveSec") or unit.last("Timer", "OnUnitInactiveSec")
    if line is not None:
        yield Hit(line, {"name": name}, on_name=True)


_PERIODIC = late_pattern(
    r"(?i)(?P<of_another>\b(?:before|after|until|since|following|during)\s+(?:the\s+|an?\s+|every\s+|each\s+)?)?"
    r"\b(?P<word>every|each|hourly|daily|nightly|weekly|monthly|minutely|periodic(?:al|ally)?|recurring"
    r"|regular(?:ly)?)\b(?![\s-]+(?:re)?(?:boot|start|login|log-in|session|power))",
)
"""A word that promises more than one moment, unless it is about something else: ``before the nightly reboot``."""
EVENTS = {"OnActiveSec": "the timer is started", "OnBootSec": "the boot", "OnStartupSec": "the manager is started"}


def elapses_once(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Moments that come once, of a timer whose name or description promises more."""
    repeats = (*REPEATING, "OnClockChange", "OnTimezoneChange")
    if not unit.has_fragment or unit.masked or any(unit.all("Timer", name) for name in repeats):
        return
    words = _PERIODIC.finditer(f"{unit.value('Unit', 'Description')} {unit.name.replace('_', '-')}")
    found = next((word for word in words if not word["of_another"]), None)
    line = next((lines[-1] for name in EVENTS if (lines := unit.all("Timer", name))), None)
    if found is not None and line is not None:
        yield Hit(line, {"word": found["word"], "event": EVENTS[line.directive]}, on_name=True)


def started_by(unit: Unit) -> str:
    """The unit that a timer, path or socket starts."""
    named = references(unit, STARTS_BY[unit.type], section=unit.type.capitalize())
    return named[-1].name if named else by_default(unit)


def _timer_of(unit: Unit, context: Context) -> Unit | None:
    return _activator_of(unit, "timer", context)


def _activator_of(unit: Unit, kind: str, context: Context) -> Unit | None:
    found = neighbour(unit, f"{stem_of(unit.name)}.{kind}", context)
    if found is None or found.masked or not found.has_fragment or started_by(found) != unit.name:
        return None
    return found


def socket_accept_mismatch(unit: Unit, context: Context) -> Iterator[Hit]:
    """The service beside a socket is a template where a plain one is started, or the other way round.

    Only where the other form stands in the same tree: a missing service may come from elsewhere.
    """
    stem = stem_of(unit.name)
    if not unit.has_fragment or unit.masked or "@" in stem or unit.last("Socket", "Service") is not None:
        return
    accept = unit.last("Socket", "Accept")
    yes = unit.is_on("Socket", "Accept")
    plain, template = f"{stem}.service", f"{stem}@.service"
    wanted, there = (template, plain) if yes else (plain, template)
    other = neighbour(unit, there, context)
    if other is None or wanted in context.units or f"{stem}_at.service" in context.units:
        return  # some packagers keep the template under that name, as "@" is awkward to them
    at = accept or header_place(unit, "Socket")
    head = header_place(other, "Unit")
    related: tuple[tuple[Place, str], ...] = () if head is None else ((head, "the service that is there"),)
    if at is not None:
        yield Hit(at, {"accept": "yes" if yes else "no", "wanted": wanted, "there": there}, related)


def note(unit: Unit) -> tuple[str, str, tuple[str, ...]] | None:
    """(path, name) of a service that does not say who starts it, and the names that a unit brings up."""
    names = [name for _, names in all_names(unit) for name in names]
    if unit.type in STARTS_BY:
        section = unit.type.capitalize()
        names += [one.name for one in references(unit, STARTS_BY[unit.type], section=section)]
        names += [f"{stem_of(unit.name)}.service", f"{stem_of(unit.name)}@.service"]
    names += [word.text for line in unit.all("Install", "Also") for word in split_words(line.value)]
    waits = (
        unit.type == "service" and unit.has_fragment and not unit.masked and _is_a_daemon(unit) and not says_who(unit)
    )
    if not waits and not names:
        return None
    started = {name for one in names for name in (one, template_of(one)) if name}
    return (unit.path if waits else ""), unit.name, tuple(sorted(started - {unit.name}))


def _is_a_daemon(unit: Unit) -> bool:
    """Jobs and what belongs to the early boot are often started by programs, generators and links."""
    if unit.value("Service", "Type") in ("oneshot", "dbus") or not unit.all("Service", "ExecStart"):
        return False
    return unit.last("Unit", "DefaultDependencies") is None and unit.name not in system_units() | user_units()


def says_who(unit: Unit) -> bool:
    """[Install], the bus, an alias such as dbus-org.x.service, and templates and hooks that a program starts."""
    if ("Install", "WantedBy") in unit.assignments or unit.aliases:
        return True
    if any(section == "Install" for section, _ in unit.assignments):
        return True
    is_in_pod = bool(unit.quadlet and unit.all("Container", "Pod"))
    return bool(unit.all("Service", "BusName") or "@" in unit.name or unit.links or is_in_pod)


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the first line of each service that no other unit names."""
    started = {name for _, _, names in notes for name in names}
    for path, name, _ in notes:
        if path and name not in started:
            unit = unit_at(path)
            at = header_place(unit, "Service")
            if at is not None:
                yield unit, Hit(at)


RULE = WholeSet(note, conclude, needs_all=True)


_ACTIVATORS = tuple([f".{kind}" for kind in STARTS_BY])


@lru_cache(maxsize=4096)
def _activators_among(names: Names) -> Names:
    return tuple([name for name in names if name.endswith(_ACTIVATORS)])


def note_activator(unit: Unit) -> tuple[str, str, tuple[str, ...]] | None:
    """(path, name) of a socket, timer or path that does not say who starts it, and the names that a unit brings up."""
    names: list[str] = []
    for _, some in all_names(unit):
        names += _activators_among(some)
    for line in unit.all("Install", "Also") + unit.all("Service", "Sockets"):
        names += [word.text for word in split_words(line.value)]
    waits = (
        unit.type in STARTS_BY
        and unit.has_fragment
        and not unit.masked
        and not any(section == "Install" for section, _ in unit.assignments)
        and not unit.aliases
        and not unit.links
        and not unit.generated
        and "@" not in unit.name
        and unit.name not in system_units() | user_units()
        and not unit.name.startswith("systemd-")
        and any(header.name == unit.type.capitalize() for document in unit.documents for header in document.headers)
    )
    if not waits and not names:
        return None
    return (unit.path if waits else ""), unit.name, tuple(sorted({*names} - {unit.name}))


def conclude_activators(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the section of each activator that no other unit names."""
    started = {name for _, _, names in notes for name in names}
    for path, name, _ in notes:
        if path and name not in started:
            unit = unit_at(path)
            at = header_place(unit, unit.type.capitalize())
            if at is not None:
                advice = f"Add [Install] with WantedBy={unit.type}s.target, or name it in Wants= of another unit."
                yield unit, Hit(at, {"type": unit.type}, suggestion=advice)


ACTIVATOR_RULE = WholeSet(note_activator, conclude_activators, needs_all=True)
