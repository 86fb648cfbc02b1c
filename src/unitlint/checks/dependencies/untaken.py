"""UL792: the service of a listening socket takes nothing from it, so that systemd starts it again at once."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.activation import started_by
from unitlint.checks.references import neighbour, references
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit

TAKES_NOTHING = frozenset((
    "echo", "printf", "true", "date", "touch", "mkdir", "cp", "mv", "rm", "chmod", "chown", "logger", "wall",
    "notify-send", "curl", "wget", "systemctl", "killall", "pkill", "modprobe", "sysctl", "ip", "sleep",
))  # fmt: skip
"""Programs that end without a look at any socket that they are given."""
ENDS_IT = ("stop", "poweroff", "reboot", "halt", "isolate", "suspend", "hibernate", "kexec", "rescue", "emergency")
"""What systemctl may be told after which the socket does not matter, or no longer listens."""
LISTENERS = ("ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenFIFO")


def takes_nothing(unit: Unit, context: Context) -> Iterator[Hit]:
    """Every command of ExecStart= ends without a read, and nothing stops the socket or empties it."""
    if not unit.has_fragment or unit.masked or unit.is_on("Socket", "Accept") or unit.is_on("Socket", "FlushPending"):
        return
    listener = next((line for name in LISTENERS for line in unit.all("Socket", name)), None)
    service = neighbour(unit, started_by(unit), context) if listener is not None else None
    if listener is None or service is None or not service.has_fragment or service.masked:
        return
    if service.is_on("Service", "RemainAfterExit") or service.last("Service", "StandardInput") is not None:
        return
    if any(one.name.endswith(".socket") for one in references(service, "Conflicts", "PropagatesStopTo")):
        return
    run = list(commands(service, context.release))
    started = [(line, command) for line, command in run if line.directive == "ExecStart"]
    for line, command in run:
        if any(word in ENDS_IT or word.endswith(".socket") for word in command.argv):
            return
        if program(command) not in TAKES_NOTHING and (line.directive == "ExecStart" or ".socket" in line.value):
            return
    if started:
        line, command = started[0]
        fields = {"program": program(command), "socket": unit.name}
        yield Hit(line, fields, ((listener, "stays readable"),), span=(command.path_start, command.path_end))
