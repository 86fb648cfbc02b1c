"""UL419 and UL420: a service that is cut off from the network it needs, and a filter that filters nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION, exec_lines, on
from unitlint.checks.sandbox.families import DIRECTIVE, INTERNET, allowed
from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

ONLINE = "network-online.target"
_ADDRESS = re.compile(
    r"(?:^|[=@/\s])(?:0\.0\.0\.0|\[::\]):\d|(?:https?|wss?|ftp)://(?!localhost|127\.|\[::1\])[\w.-]+\.[a-z]{2,}"
)
ANY = ("any", "0.0.0.0/0", "::/0")


def cut_off(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the directive that cuts, with the line that tells of the need; one finding each."""
    cuts = list(_cuts(unit))
    need = _need(unit, context) if cuts else None
    if need is None:
        return
    line, what = need
    for cut, how in cuts:
        yield Hit(cut, {"how": how, "what": what}, ((line, "needs the network"),))


def allows_everything(unit: Unit, _context: Context) -> Iterator[Hit]:
    """bpf-firewall.c: what IPAddressAllow= names passes, whatever IPAddressDeny= says."""
    section = unit.type.capitalize()
    denied = unit.last(section, "IPAddressDeny")
    for line in unit.all(section, "IPAddressAllow") if denied is not None else ():
        words = {word.text for word in split_words(line.value)}
        if denied is not None and ("any" in words or {"0.0.0.0/0", "::/0"} <= words):
            yield Hit(line, {"deny": denied.value}, ((denied, "denies nothing"),))


def _cuts(unit: Unit) -> Iterator[tuple[Assignment, str]]:
    private = on(unit, "PrivateNetwork")
    if (
        private is not None
        and not unit.all("Unit", "JoinsNamespaceOf")
        and not unit.all(SECTION, "NetworkNamespacePath")
    ):
        yield private, "gives the service nothing but a loopback device"
    if not allowed(unit, INTERNET) and not _speaks_otherwise(unit):
        yield unit.all(SECTION, DIRECTIVE)[-1], "forbids AF_INET and AF_INET6"
    denied = [line for line in unit.all(SECTION, "IPAddressDeny") if "any" in line.value.split()]
    if denied and not unit.all(SECTION, "IPAddressAllow"):
        yield denied[-1], "drops every packet, those to localhost included"


def _speaks_otherwise(unit: Unit) -> bool:
    """True where raw packets, Bluetooth or the like are let through, which need no AF_INET."""
    words = {word.text for line in unit.all(SECTION, DIRECTIVE) for word in split_words(line.value)}
    return not words <= {"AF_UNIX", "AF_NETLINK", "none"}


def _need(unit: Unit, context: Context) -> tuple[Assignment, str] | None:
    for line, command in exec_lines(unit, context, ("ExecStart",)):
        found = next((word.text for word in command.words if _ADDRESS.search(word.text)), None)
        if found is not None and "+" not in command.prefixes:
            return line, f"its command uses {found[:60]}"
    for name in ("Wants", "Requires", "BindsTo"):
        for line in unit.all("Unit", name):
            if ONLINE in line.value.split():
                return line, f"{name}= waits for {ONLINE}"
    return None
