"""What a unit waits for, and what it only pulls in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.base.finding import Effect
from unitlint.checks.references import REQUIRING, all_names, keys_of, names_in, names_of, neighbour, references, stem_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

TARGET = "network-online.target"
PULLING = ("Wants", "Upholds", *REQUIRING)
_PULLING = keys_of(PULLING)
_BEFORE = keys_of(("Before",))
_ORDERED = keys_of(("After", "Before"))
KNOWN_TO_PULL = ("docker.service", "remote-fs.target", "nfs-client.target")
"""Units of others that want the target themselves."""


def without_after(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Pulled in, not waited for."""
    if TARGET not in names_of(unit, _PULLING) or not unit.has_fragment or unit.masked:
        return
    if TARGET in names_of(unit, _ORDERED):
        return
    pull = next(one for one in references(unit, *PULLING) if one.name == TARGET)
    yield Hit(pull.line, {}, span=pull.span, replacement=TARGET)


REQUIRED = ("Requires", "BindsTo", "BindTo", "Requisite")
_REQUIRED, _EXCLUDED = keys_of(REQUIRED), keys_of(("Conflicts",))


def required_and_excluded(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Requires= and Conflicts= of the same unit: one job is to start it, the other to stop it (transaction.c)."""
    if set(names_of(unit, _EXCLUDED)).isdisjoint(names_of(unit, _REQUIRED)):
        return
    wanted = {one.name: one for one in references(unit, *REQUIRED)}
    for one in references(unit, "Conflicts"):
        other = wanted.get(one.name)
        if other is not None and one.name != unit.name:
            fields = {"name": one.name, "other": other.line.directive}
            yield Hit(one.line, fields, ((other.line, "requires it"),), span=one.span)


def not_wanted(unit: Unit, context: Context) -> Iterator[Hit]:
    """Waited for, not pulled in, neither here nor by what this unit pulls in."""
    waits = [one for line in unit.all("Unit", "After") if TARGET in line.value for one in names_in(unit, line)]
    waits = [one for one in waits if one.name == TARGET]
    if not waits or not unit.has_fragment or unit.masked or _is_pulled(unit, context, 2):
        return
    yield Hit(waits[0].line, {}, span=waits[0].span)


def _is_pulled(unit: Unit, context: Context, depth: int) -> bool:
    if any(line.value == TARGET for name in ("WantedBy", "RequiredBy") for line in unit.all("Install", name)):
        return True
    for name in names_of(unit, _PULLING):
        if name == TARGET or name in KNOWN_TO_PULL:
            return True
        other = neighbour(unit, name, context) if depth > 0 else None
        if other is not None and _is_pulled(other, context, depth - 1):
            return True
    return False


ORDERED_BY_DEFAULT = ("sysinit.target", "basic.target", "local-fs.target", "dbus.service")
"""Everything is after the first three, and the bus is started by its socket."""
OTHER_RULES = ("network-online.target", "network.target", "nss-lookup.target", "time-sync.target", "rpcbind.target")
"""UL701 and UL717 speak of these."""
BY_EVENTS = frozenset((
    "sound.target", "bluetooth.target", "printer.target", "smartcard.target", "usb-gadget.target",
    "graphical-session.target", "graphical-session-pre.target",
))  # fmt: skip
"""Reached when a device appears or a session begins (systemd.special(7)), not because a unit requires them."""
STARTED_BY_SOCKET = frozenset((
    "pipewire.service", "pipewire-pulse.service", "pulseaudio.service", "pcscd.service", "cups.service",
    "avahi-daemon.service",
))  # fmt: skip
"""Services whose sockets every distribution enables."""
NEVER_AWAITED = frozenset((
    "getty.target", "timers.target", "slices.target", "multi-user.target", "graphical.target", "default.target",
))  # fmt: skip
"""Targets that only collect units: they do not fail, and nothing is ready when they are reached."""
BINDING = ("BindsTo", "BindTo")
STARTING = ("Requires", *BINDING, "RequiresOverridable")
"""Requisite= starts nothing, so there is no race to lose."""
_BINDING, _STARTING = keys_of(BINDING), keys_of(STARTING)
_INSTALLED = keys_of(("WantedBy", "RequiredBy"), "Install")


def requires_without_after(unit: Unit, context: Context) -> Iterator[Hit]:
    """A requirement of which no order is known (systemd.unit(5), Requires=).

    Only services and targets are looked at: systemd orders mounts, sockets and devices by itself.
    """
    if not unit.has_fragment or unit.masked:
        return
    default = not unit.is_off("Unit", "DefaultDependencies")
    started = [name for name in names_of(unit, _STARTING) if _may_race(name, default=default)]
    if not started:
        return
    ordered = {*names_of(unit, _ORDERED), *names_of(unit, _INSTALLED), unit.name}  # a target waits for it
    bound = set(names_of(unit, _BINDING))
    racing: set[str] = set()
    for name in set(started) - ordered:
        if f"{stem_of(name)}.socket" in ordered:
            continue  # whoever connects waits until the service answers
        if name in bound or _requires_back(unit, name, context):
            continue  # systemd stops it with the other one; of two that need each other neither can come first
        if _says_order(unit, name, context):
            continue
        from unitlint.checks.dependencies.order_between import comes_first, is_family_of_awaited

        if not comes_first(name, unit, context) and not is_family_of_awaited(name, unit, context):
            racing.add(name)
    for one in references(unit, *STARTING) if racing else ():
        if one.name in racing:
            racing.remove(one.name)
            yield Hit(one.line, {"name": one.name}, span=one.span, replacement=one.name)


@lru_cache(maxsize=1024)
def _may_race(name: str, *, default: bool) -> bool:
    """Whether a requirement of this name has to be ordered, by a unit with ``default`` dependencies or without."""
    if not name.endswith((".service", ".target")) or name in OTHER_RULES:
        return False
    if name in BY_EVENTS or name in NEVER_AWAITED or name in STARTED_BY_SOCKET:
        return False
    return not default or (name not in ORDERED_BY_DEFAULT and not name.startswith("systemd-"))


def _requires_back(unit: Unit, name: str, context: Context) -> bool:
    other = neighbour(unit, name, context)
    return other is not None and unit.name in names_of(other, _STARTING)


def _says_order(unit: Unit, name: str, context: Context) -> bool:
    other = neighbour(unit, name, context)
    return other is not None and unit.name in names_of(other, _ORDERED)


SPOKEN_OF = ("After", "Before", "Conflicts", "OnFailure", "OnSuccess")
"""Directives of which systemd says in the log that it drops the dependency; it drops the others in silence."""


def depends_on_itself(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A dependency of a unit on itself (unit.c: unit_add_dependency).

    Templates name other instances of themselves, which is no mistake; each instance is called %n, and name@%i.
    """
    if unit.name.startswith("*."):
        return
    stem, at, suffix = unit.name.partition("@")
    is_template = suffix.startswith(".")
    own = {f"{stem}{at}%i{suffix}", f"%p@%i{suffix}", f"%N{suffix}", "%n"} if is_template else {unit.name}
    for (section, directive), names in all_names(unit):
        if section != "Unit" or own.isdisjoint(names):
            continue
        effect: Effect | None = "ignored" if directive in SPOKEN_OF else None
        for reference in references(unit, directive):
            if reference.name in own:
                yield Hit(reference.line, {}, span=reference.span, effect=effect)


BEFORE_SYSINIT = frozenset((
    "sysinit.target", "local-fs.target", "local-fs-pre.target", "swap.target", "cryptsetup.target",
    "systemd-udevd.service", "systemd-udev-trigger.service", "systemd-modules-load.service", "systemd-sysctl.service",
    "systemd-tmpfiles-setup.service", "systemd-tmpfiles-setup-dev.service", "systemd-remount-fs.service",
    "systemd-sysusers.service", "systemd-resolved.service", "systemd-timesyncd.service", "systemd-journald.service",
    "systemd-journal-flush.service", "systemd-firstboot.service", "apparmor.service", "systemd-binfmt.service",
    "systemd-hwdb-update.service", "kmod-static-nodes.service", "keyboard-setup.service",
))  # fmt: skip
"""What sysinit.target waits for, and itself."""
RESOLVED = "systemd-resolved.service"
RESOLVED_IS_EARLY_SINCE = 251
BEFORE_BASIC = frozenset(("basic.target", "sockets.target", "paths.target"))
_EARLY = BEFORE_SYSINIT | BEFORE_BASIC


def early_with_default_dependencies(unit: Unit, context: Context) -> Iterator[Hit]:
    """Before= a target of early boot, in a unit that by default comes after it (bootup(7)).

    One finding for each such name; of the user manager only basic.target is known.
    """
    if not unit.has_fragment or unit.masked or unit.scope != "system":
        return
    if _EARLY.isdisjoint(names_of(unit, _BEFORE)) or unit.is_off("Unit", "DefaultDependencies"):
        return
    default = unit.last("Unit", "DefaultDependencies")
    related: tuple[tuple[Place, str], ...] = () if default is None else ((default, "not disabled here"),)
    for one in references(unit, "Before"):
        if one.name == RESOLVED and context.release < RESOLVED_IS_EARLY_SINCE:
            continue
        if one.name in BEFORE_SYSINIT:
            anchor = "sysinit.target"
        elif one.name in BEFORE_BASIC and unit.type == "service":
            anchor = "basic.target"
        else:
            continue
        yield Hit(one.line, {"name": one.name, "anchor": anchor, "type": unit.type}, related, span=one.span)
