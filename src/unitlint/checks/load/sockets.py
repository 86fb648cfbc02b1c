"""What makes systemd refuse a socket (socket.c: socket_verify)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps

from unitlint.checks.load.condition import LoadCondition, given, load_condition, section_place
from unitlint.checks.load.paths import has_parent
from unitlint.rules.model import Context, Hit, Place
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.typed import integer

ACCEPTING = ("ListenStream", "ListenSequentialPacket")
LISTEN = (
    *ACCEPTING, "ListenDatagram", "ListenFIFO", "ListenNetlink", "ListenSpecial", "ListenMessageQueue",
    "ListenUSBFunction",
)  # fmt: skip
ALWAYS_COUNTED_SINCE = 256


def _socket_condition(predicate: LoadCondition) -> LoadCondition:
    """A load condition, not asked where loading has ended before: no mount can hold a path with ``..``
    (socket.c: socket_add_extras; unit.c: unit_require_mounts_for)."""

    @load_condition
    @wraps(predicate)
    def check(unit: Unit, context: Context) -> Iterator[Hit]:
        hits = list(predicate(unit, context))
        if hits and not any(has_parent(one.value, context.release) for one in _listeners(unit, context)):
            yield from hits

    return check


@_socket_condition
def without_listen(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the Listen directive that was taken back or ignored, else at the section."""
    if any(unit.all("Socket", directive) for directive in LISTEN):
        return
    yield Hit(given(unit, "Socket", *LISTEN) or section_place(unit, "Socket"), on_name=True)


@_socket_condition
def cannot_accept(unit: Unit, context: Context) -> Iterator[Hit]:
    """Accept=yes beside a listener without connections."""
    accept = _accept(unit, context)
    if accept is None:
        return
    for listener in _listeners(unit, context):
        if listener.directive not in ACCEPTING:
            yield Hit(listener, {}, ((accept, "this line asks for connections"),))


@_socket_condition
def max_connections(unit: Unit, context: Context) -> Iterator[Hit]:
    """MaxConnections=0; before 256 only beside Accept=yes, without which it has no meaning."""
    accept, most = _accept(unit, context), unit.last("Socket", "MaxConnections")
    if most is None or integer(most.value) != 0:
        return
    if accept is not None:
        yield Hit(most, {}, ((accept, "this line asks for connections"),))
    elif context.release >= ALWAYS_COUNTED_SINCE:
        yield Hit(most)


@_socket_condition
def accept_with_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """Accept=yes starts an instance for each connection, so Service= cannot name one."""
    accept, service = _accept(unit, context), unit.last("Socket", "Service")
    if accept is not None and service is not None:
        yield Hit(service, {}, ((accept, "each connection gets an instance of its own"),))


@_socket_condition
def accept_with_defer_trigger(unit: Unit, context: Context) -> Iterator[Hit]:
    """Accept=yes with DeferTrigger= on or patient."""
    accept, defer = _accept(unit, context), unit.last("Socket", "DeferTrigger")
    if accept is None or defer is None:
        return
    if defer.value == "patient" or unit.is_on("Socket", "DeferTrigger"):
        yield Hit(defer, {}, ((accept, "this line asks for connections"),))


@_socket_condition
def symlinks_without_node(unit: Unit, context: Context) -> Iterator[Hit]:
    """Symlinks= needs exactly one listener that is a node in the file system."""
    links = unit.all("Socket", "Symlinks")
    if not links:
        return
    nodes = [one for one in _listeners(unit, context) if _is_node(one)]
    if len(nodes) == 1:
        return
    related: tuple[tuple[Place, str], ...] = tuple((one, "one socket or FIFO is here") for one in nodes)
    yield Hit(links[0], {"count": len(nodes) or "none"}, related)


def _accept(unit: Unit, context: Context) -> Assignment | None:
    return unit.last("Socket", "Accept") if unit.is_on("Socket", "Accept") else None


def _listeners(unit: Unit, context: Context) -> list[Assignment]:
    found = [one for directive in LISTEN for one in unit.all("Socket", directive)]
    order = {id(document): number for number, document in enumerate(unit.documents)}
    return sorted(found, key=lambda one: (order[id(one.document)], one.line))


def _is_node(listener: Assignment) -> bool:
    if listener.directive == "ListenFIFO":
        return True
    return listener.directive in (*ACCEPTING, "ListenDatagram") and listener.value[:1] in ("/", "%")
