"""A service that stays running, is started at boot, and stays dead after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.checks.service import INIT_SCRIPTS, SHELLS, is_early, is_lasting, is_whole
from unitlint.rules.model import Context, Hit, Place, header_place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

ACTIVATING_SUFFIXES = (".socket", ".timer", ".path")
PASSING_NAMES = frozenset(
    [
        "add",
        "apply",
        "boot",
        "check",
        "clean",
        "cleanup",
        "config",
        "configure",
        "copy",
        "create",
        "echo",
        "enable",
        "false",
        "firstboot",
        "fix",
        "fixes",
        "fixup",
        "fixups",
        "flash",
        "gen",
        "generate",
        "import",
        "init",
        "initialize",
        "install",
        "load",
        "migrate",
        "mount",
        "once",
        "prepare",
        "provision",
        "reboot",
        "register",
        "reset",
        "resize",
        "restore",
        "save",
        "set",
        "settings",
        "setup",
        "sh",
        "py",
        "pl",
        "start",
        "startup",
        "sync",
        "true",
        "tweaks",
        "update",
        "upgrade",
        "wait",
    ]
)
"""Words in a program's name, or its first argument, that tell of a task which ends, whatever Type= says."""


def no_restart(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where something else starts it again, where it is not started at boot, and for a written Restart=no."""
    if unit.last("Service", "Restart") is not None or not is_whole(unit) or not is_lasting(unit, context):
        return
    if unit.last("Service", "RestartSec") is not None or unit.last("Service", "RestartForceExitStatus") is not None:
        return  # restart-sec-without-restart speaks of the first
    if not (unit.all("Install", "WantedBy") or unit.all("Install", "RequiredBy")) or "@." in unit.name:
        return
    if _is_activated(unit, context) or unit.is_on("Service", "RemainAfterExit") or is_early(unit):
        return
    if unit.value("Service", "Type", "simple") in ("simple", "exec") and looks_like_a_task(unit, context):
        return
    place = header_place(unit, "Service")
    if place is not None:
        yield Hit(place)


def _is_activated(unit: Unit, context: Context) -> bool:
    """True where a socket, a timer or the bus starts the service when it is needed."""
    stem = unit.name.rpartition(".")[0]
    if any(stem + suffix in context.units for suffix in ACTIVATING_SUFFIXES):
        return True
    return any(unit.last("Service", one) for one in ("Sockets", "BusName")) or _names_activator(unit)


def _names_activator(unit: Unit) -> bool:
    lines = [one.value for name in ("Requires", "Wants", "TriggeredBy") for one in unit.all("Unit", name)]
    lines += [one.value for one in unit.all("Install", "Also")]
    return any(word.endswith(ACTIVATING_SUFFIXES) for line in lines for word in line.split())


CONSOLES = ("agetty", "getty", "mingetty", "fgetty")
"""They stay for a session, whose end is no failure."""


def looks_like_a_task(unit: Unit, context: Context) -> bool:
    """True where the command looks like a script or a task, or where its failure is forgiven."""
    for _, command in commands(unit, context.release, "ExecStart"):
        name = program(command)
        if name in CONSOLES:
            continue
        if command.tolerant or _is_of_task(name):
            return True
        if not PASSING_NAMES.isdisjoint([word.text for word in command.words[:2]]):
            return True
    return not PASSING_NAMES.isdisjoint(unit.name.replace(".", "-").split("-"))


@lru_cache(maxsize=256)
def _is_of_task(name: str) -> bool:
    """Whether a program's name tells of a script or a task."""
    if name in SHELLS or name.startswith("mk"):
        return True
    return not PASSING_NAMES.isdisjoint(name.replace("_", "-").replace(".", "-").split("-"))


def oneshot_stopped_at_once(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the first ExecStop=; silent where a timer or path starts the task, for which it may be the clean-up."""
    if not is_whole(unit) or unit.is_on("Service", "RemainAfterExit") or not unit.all("Service", "ExecStart"):
        return
    stops = unit.all("Service", "ExecStop")
    if not stops or service_type(unit, context.release) != "oneshot":
        return
    stem = unit.name.rpartition(".")[0]
    if f"{stem}.timer" in context.units or f"{stem}.path" in context.units:
        return
    kind = unit.last("Service", "Type")
    related: tuple[tuple[Place, str], ...] = () if kind is None else ((kind, "ends with its commands"),)
    yield Hit(stops[0], {}, related, on_name=True)


SETTING_UP = frozenset((
    "module", "modules", "driver", "drivers", "firewall", "iptables", "ip6tables", "nftables", "sysctl", "hwclock",
    "networking", "network", "routes", "mounts", "keymap", "hostname", "urandom", "bsp",
))  # fmt: skip
"""Words in the name of an init script that leaves no daemon behind."""


def init_script_wrapped(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding a unit, at the first command that runs an init script, itself or by a shell.

    With Type=simple, exec or notify the script is told to stay in the foreground, and so it is by an argument such as
    systemd-start. A oneshot whose script is called
    after modules or a firewall sets the machine up, and there is no daemon to run in its place.
    """
    kind = unit.last("Service", "Type")
    if kind is not None and kind.value in ("simple", "exec", "notify", "notify-reload"):
        return
    related: tuple[tuple[Place, str], ...] = () if kind is None else ((kind, "systemd waits only for the script"),)
    for directive in ("ExecStart", "ExecStop", "ExecReload"):
        for line, command in commands(unit, context.release, directive):
            words = [word.text for word in command.words if not word.text.startswith("-")]
            path = words[0] if program(command) in SHELLS and words else command.path
            if path.startswith(INIT_SCRIPTS) and not any("foreground" in word or "systemd" in word for word in words):
                names = path.split()[0].rpartition("/")[2].replace("_", "-").replace(".", "-").split("-")
                if kind is not None and kind.value == "oneshot" and not SETTING_UP.isdisjoint(names):
                    return
                stop = unit.last("Service", "ExecStop") if directive == "ExecStart" else None
                if stop is not None and any(folder in stop.value for folder in INIT_SCRIPTS):
                    related = (*related, (stop, "so does this"))
                yield Hit(line, {"path": path.split()[0]}, related)
                return
