"""SocketBindAllow= and SocketBindDeny= (load-fragment.c: config_parse_cgroup_socket_bind)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import ignored, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer

_PORT_ZERO_SINCE = 255
_MAX_PORT = 65535


def parse_number(text: str) -> int | None:
    """An unsigned number in C notation; None if it is none."""
    number = parse_integer(text)
    return number if number is not None and number >= 0 else None


def is_port(text: str, *, zero: bool = False) -> bool:
    """True for a port number; 0 only if ``zero``."""
    number = parse_number(text)
    return number is not None and (0 if zero else 1) <= number <= _MAX_PORT


def socket_bind(text: str, context: Context) -> Iterable[Problem]:
    """[ipv4|ipv6:][tcp|udp:]port, port-port or any."""
    if not text or text == "any":
        return []
    tokens = text.split(":")
    if tokens[0] in ("ipv4", "ipv6"):
        tokens.pop(0)
    if tokens and tokens[0].lower() in ("tcp", "udp"):
        tokens.pop(0)
    if not tokens or (len(tokens) == 1 and _is_range(tokens[0], context.release)):
        return []
    reason = "it is not of the form [ipv4|ipv6:][tcp|udp:]port, a range of ports or any"
    return [ignored(whole(text), reason)]


def _is_range(text: str, release: int) -> bool:
    if text == "any":
        return True
    first, dash, last = text.partition("-")
    zero = release >= _PORT_ZERO_SINCE
    if not dash:
        return is_port(first, zero=zero)
    low, high = parse_number(first), parse_number(last)
    return is_port(first, zero=zero) and is_port(last) and (low or 0) <= (high or 0)
