"""TCP addresses on which two sockets listen: bind(2) refuses the second one (socket-util.c: socket_address_listen)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from unitlint.base.records import NamedTuple
from unitlint.catalogue import NEWEST
from unitlint.checks.dependencies.activation import started_by
from unitlint.checks.references import neighbour, references, tree_of
from unitlint.rules.model import Context, Hit, Place, WholeSet
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit
from unitlint.values.sockets import address_family, parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment

ANY_4, ANY_6 = "0.0.0.0", "::"  # noqa: S104 -- compared, never bound


class Listener(NamedTuple):
    """An address of a stream socket: the host in the spelling of the file, and the port."""

    family: str
    host: str
    port: int
    takes_both: bool
    """Whether an IPv6 address stands for IPv4 as well (BindIPv6Only=)."""

    def meets(self, other: Listener) -> bool:
        """Whether the machine has no room for both."""
        if self.port != other.port:
            return False
        if self.family == other.family:
            anywhere = ANY_4 if self.family == "inet" else ANY_6
            return self.host == other.host or anywhere in (self.host, other.host)
        wide = self if self.family == "inet6" else other
        return wide.host == ANY_6 and wide.takes_both


def twice_in_socket(unit: Unit, context: Context) -> Iterator[Hit]:
    """Two lines of one socket unit: it fails to start."""
    earlier: list[tuple[Listener, Assignment]] = []
    for listener, line in _listeners(unit, context.release):
        first = next((known for other, known in earlier if other.meets(listener)), None)
        if first is not None:
            yield Hit(line, {"other": f"ListenStream={first.value}"}, ((first, "listens there already"),))
        earlier.append((listener, line))


def _listeners(unit: Unit, release: int) -> Iterator[tuple[Listener, Assignment]]:
    """The TCP addresses of a socket unit that lets nobody else have them."""
    if unit.is_on("Socket", "ReusePort") or unit.last("Socket", "SocketProtocol") is not None:
        return
    takes_both = unit.value("Socket", "BindIPv6Only") != "ipv6-only"
    for line in unit.all("Socket", "ListenStream"):
        listener = _read(line.value, release, takes_both=takes_both)
        if listener is not None:
            yield listener, line


def _read(text: str, release: int, *, takes_both: bool) -> Listener | None:
    family = address_family(text, release)
    if family not in ("inet", "inet6"):
        return None
    host, colon, last = text.partition("%")[0].rpartition(":")
    port = parse_number(last, release)
    return None if port is None else Listener(family, host.strip("[]") if colon else ANY_6, port, takes_both)


def note(unit: Unit) -> tuple[str, str, str, tuple[tuple[Any, ...], ...], tuple[str, ...]] | None:
    """(tree, path, name, listeners, units that it excludes) of a socket that is to be enabled."""
    if not unit.has_fragment or unit.masked or "@" in unit.name or unit.last("Socket", "BindToDevice") is not None:
        return None
    if not (unit.all("Install", "WantedBy") or unit.all("Install", "RequiredBy") or unit.links):
        return None
    listeners = tuple(tuple(listener) for listener, _ in _listeners(unit, NEWEST))
    excluded = tuple(reference.name for reference in references(unit, "Conflicts"))
    return (f"{unit.scope}:{tree_of(unit.path)}", unit.path, unit.name, listeners, excluded) if listeners else None


def conclude(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """At the line of the second socket unit of a tree, by name."""
    ports: dict[tuple[str, int], list[tuple[str, str, Listener, tuple[str, ...]]]] = {}
    for tree, path, name, listeners, excluded in notes:
        for fields in listeners:
            listener = Listener(*fields)
            ports.setdefault((tree, listener.port), []).append((name, path, listener, tuple(excluded)))
    for members in ports.values():
        for (name, path, listener, excluded), (later, at, other, others) in combinations(sorted(members), 2):
            if name == later or later in excluded or name in others or not listener.meets(other):
                continue
            unit, first = unit_at(at), unit_at(path)
            line, known = _line_of(unit, other), _line_of(first, listener)
            if line is not None:
                related: tuple[tuple[Place, str], ...] = ((known, "the other socket"),) if known is not None else ()
                yield unit, Hit(line, {"other": name, "port": other.port}, related)


def _line_of(unit: Unit, listener: Listener) -> Assignment | None:
    return next((line for found, line in _listeners(unit, NEWEST) if found == listener), None)


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
    listeners = {listener.port: line for listener, line in _listeners(unit, context.release)}
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
