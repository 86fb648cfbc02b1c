"""UL761: settings of a socket unit for another kind of socket than it has (socket.c: socket_apply_socket_options)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.sockets import LISTEN
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

OF_FILES = ("SocketMode", "SocketUser", "SocketGroup", "DirectoryMode", "RemoveOnStop")
OF_ADDRESSES = ("BindIPv6Only", "FreeBind", "Transparent", "ReusePort", "IPTOS", "IPTTL", "BindToDevice")
OF_STREAMS = ("NoDelay", "KeepAlive", "KeepAliveTimeSec", "KeepAliveIntervalSec", "KeepAliveProbes", "DeferAcceptSec")
OF_CONNECTIONS = ("MaxConnections", "MaxConnectionsPerSource")


def without_effect(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Nothing is said where a listener cannot be read, or all kinds are there."""
    kinds = {_kind(line.directive, line.value) for name in LISTEN for line in unit.all("Socket", name)}
    if not unit.has_fragment or not kinds or "" in kinds:
        return
    wrong: dict[str, str] = {}
    if "file" not in kinds:
        wrong.update(dict.fromkeys(OF_FILES, "this socket is not a file"))
    if not kinds & {"stream", "datagram"}:
        wrong.update(dict.fromkeys((*OF_ADDRESSES, *OF_STREAMS), "this socket has no IP address"))
    elif "stream" not in kinds:
        wrong.update(dict.fromkeys(OF_STREAMS, "this socket is not a TCP one"))
    if not unit.is_on("Socket", "Accept"):
        wrong.update(dict.fromkeys(OF_CONNECTIONS, "without Accept=yes systemd does not see the connections"))
    for directive, reason in wrong.items():
        line = unit.last("Socket", directive)
        if line is not None and line.value and not unit.is_off("Socket", directive):
            yield Hit(line, {"reason": reason}, on_name=True)


def _kind(directive: str, value: str) -> str:
    """``file``, ``stream``, ``datagram`` or ``other``; empty where it depends on a specifier."""
    if directive in ("ListenFIFO", "ListenSpecial", "ListenMessageQueue", "ListenUSBFunction"):
        return "file"
    if directive == "ListenNetlink" or value.startswith(("@", "vsock")):
        return "other"
    if value.startswith("/"):
        return "file"
    if "%" in value:
        return ""
    return "datagram" if directive == "ListenDatagram" else "stream"
