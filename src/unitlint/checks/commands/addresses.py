"""UL545: addresses that a service listens on before the machine has them (ip(7): EADDRNOTAVAIL)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.commands.ports import CLIENTS
from unitlint.checks.references import neighbour, references
from unitlint.checks.service import is_early, is_whole, restarts, runs_shell
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit

_OPTION = late_pattern(r"--?(?:[\w.-]*[-_.])?(?:listen|bind|(?:listen|bind|http|https|api|web)[-_]?addr(?:ess)?|l|b)$")
_NOT_HERE = late_pattern(r"remote|server|upstream|target|peer|dest|proxy|connect|client|forward|advertise|public")
_ADDRESS = late_pattern(r"(?:(?:tcp|udp|http|https)[46]?:(?://)?)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?")
ANYWHERE = ("0.", "127.", "255.", "224.", "239.")
NETWORKS = (
    "network-online", "wait-online", ".device", "wg-quick", "wireguard", "tailscale", "zerotier", "openvpn", "netbird",
    "docker", "libvirt", "networking.service", "dhcp", "keepalived", "lxc", "incus", "cloud-init", "cloud-config",
)  # fmt: skip
"""Parts of names of units after which addresses are there."""


def before_network(unit: Unit, context: Context) -> Iterator[Hit]:
    """The first address of the machine's own network in an option; silent where a restart comes to the rescue."""
    if unit.scope != "system" or not is_whole(unit) or restarts(unit) or is_early(unit):
        return
    if any(part in reference.name for reference in references(unit, "After") for part in NETWORKS):
        return
    if neighbour(unit, f"{unit.name.removesuffix('.service')}.timer", context) is not None:
        return
    for line, command in commands(unit, context.release, "ExecStart"):
        if program(command) in CLIENTS or runs_shell(command):
            continue
        for at, word in enumerate(command.words):
            option, equals, value = word.text.partition("=")
            if not _OPTION.match(option) or _NOT_HERE.search(option):
                continue
            following = command.words[at + 1] if not equals and at + 1 < len(command.words) else word
            found = _ADDRESS.fullmatch(value if equals else following.text)
            if found is not None and not found[1].startswith(ANYWHERE):
                yield Hit(line, {"address": found[1]}, span=(word.start, following.end))
                return
