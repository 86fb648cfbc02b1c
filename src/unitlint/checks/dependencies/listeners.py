"""TCP addresses on which two sockets listen: bind(2) refuses the second one (socket-util.c: socket_address_listen)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.catalogue import NEWEST
from unitlint.checks.dependencies.activation import started_by
from unitlint.checks.ports_taken import Spot, conflicts, port_note, taken_before
from unitlint.checks.references import neighbour
from unitlint.rules.model import Context, Hit, Place, WholeSet
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit
from unitlint.values.sockets import address_family, parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment

ANY_4, ANY_6 = "0.0.0.0", "::"  # noqa: S104 -- compared, never bound


def twice_in_socket(unit: Unit, context: Context) -> Iterator[Hit]:
    """Two lines of one socket unit: it fails to start."""
    for line, first in taken_before(_listeners(unit, context.release)):
        yield Hit(line, {"other": f"ListenStream={first.value}"}, ((first, "listens there already"),))


def _listeners(unit: Unit, release: int) -> Iterator[tuple[tuple[Spot, ...], Assignment]]:
    """The TCP addresses of a socket unit that lets nobody else have them."""
    if unit.is_on("Socket", "ReusePort") or unit.last("Socket", "SocketProtocol") is not None:
        return
    takes_both = unit.value("Socket", "BindIPv6Only") != "ipv6-only"
    for line in unit.all("Socket", "ListenStream"):
        spots = _spots(line.value, release, takes_both=takes_both)
        if spots:
            yield spots, line


def _spots(text: str, release: int, *, takes_both: bool) -> tuple[Spot, ...]:
    """What the address takes: ``[::]`` that of IPv4 as well, unless BindIPv6Only= says otherwise."""
    family = address_family(text, release)
    host, colon, last = text.partition("%")[0].rpartition(":")
    port = parse_number(last, release)
    if family not in ("inet", "inet6") or port is None:
        return ()
    host = host.strip("[]") if colon else ANY_6
    if family == "inet":
        return (("inet", port, "" if host == ANY_4 else host),)
    if host != ANY_6:
        return (("inet6", port, host),)
    return (("inet6", port, ""), ("inet", port, ""))[: 1 + takes_both]


def note(unit: Unit) -> tuple[object, ...] | None:
    """The addresses of a socket that is to be enabled."""
    if not unit.has_fragment or unit.masked or "@" in unit.name or unit.last("Socket", "BindToDevice") is not None:
        return None
    if not (unit.all("Install", "WantedBy") or unit.all("Install", "RequiredBy") or unit.links):
        return None
    return port_note(unit, [spots for spots, _ in _listeners(unit, NEWEST)])


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the line of the second socket unit of a tree, by name."""
    for _, path, spots, other_path, other_spots in conflicts(notes):
        unit, first = unit_at(path), unit_at(other_path)
        line, known = _line_of(unit, spots), _line_of(first, other_spots)
        if line is not None:
            related: tuple[tuple[Place, str], ...] = ((known, "the other socket"),) if known is not None else ()
            yield unit, Hit(line, {"other": first.name, "port": spots[0][1]}, related)


def _line_of(unit: Unit, spots: tuple[Spot, ...]) -> Assignment | None:
    return next((line for found, line in _listeners(unit, NEWEST) if found == spots), None)


TWO_SOCKETS = WholeSet(note, conclude)

TAKES_SOCKETS = frozenset((
    "gunicorn", "dockerd", "sshd", "cupsd", "cockpit-ws", "cockpit-tls", "mpd", "rpcbind", "php-fpm", "haproxy",
    "podman", "dovecot", "nginx", "apache2", "httpd", "caddy", "traefik", "puma", "circusd", "systemd-socket-proxyd",
    "postfix", "gitlab-workhorse", "dnsdist", "knotd", "kresd", "varnishd", "libvirtd", "virtproxyd", "tor",
    "transmission-daemon",
))  # fmt: skip
"""Programs that take the sockets of systemd, whatever address their arguments name."""
_OF_ACTIVATION = ("systemd", "socket", "activat", "fd", "LISTEN_")
"""Parts of arguments that speak of sockets that are handed over."""


def bound_by_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """A command of the service binds the port on which its own socket unit listens."""
    if not unit.has_fragment or unit.is_on("Socket", "Accept") or unit.is_on("Socket", "ReusePort"):
        return
    listeners = {spots[0][1]: line for spots, line in _listeners(unit, context.release)}
    service = neighbour(unit, started_by(unit), context) if listeners else None
    if service is None or not service.has_fragment:
        return
    if any(
        program(command) in TAKES_SOCKETS or any(part in line.value for part in _OF_ACTIVATION)
        for line, command in commands(service, context.release, "ExecStart")
    ):
        return
    from unitlint.checks.commands.ports import ports_of

    for line, start, end, port in ports_of(service, context):
        if port in listeners and line.directive == "ExecStart":
            fields = {"socket": unit.name, "port": port, "service": service.name}
            yield Hit(line, fields, ((listeners[port], "listens on the port already"),), span=(start, end))
            return
