"""Values of journald.conf, system.conf, logind.conf, coredump.conf and resolved.conf that units do not have."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.values.choice import choice
from unitlint.values.faults import ignored, warned, whole
from unitlint.values.numbers import parse_integer, parse_permyriad
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import judge
from unitlint.values.size import iec_size_or_nothing, parse_size, read_size
from unitlint.values.timespan import seconds
from unitlint.values.typed import parse_boolean
from unitlint.values.words import split_words

SHORTEST_LINE = 79
"""journald raises a smaller LineMax= to this (journald-config.c: config_parse_line_max)."""
LAST_TERMINAL = 63
LAST_PORT = 65535


def word(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """One of the directive's words, or a boolean where it is one."""
    return choice(text, context) if text else ()


def log_level(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_level2: a name, or its number from 0 to 7."""
    return () if parse_integer(text) in range(8) else word(text, context)


def default_output(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_output_restricted: where the output of units goes that do not say it themselves."""
    if text in ("syslog", "syslog+console"):
        instead = text.replace("syslog", "journal")
        reason = f"systemd uses {instead} instead"
        return (warned(whole(text), reason, "deprecated-value", instead)._replace(help=f"Write `{instead}`."),)
    return word(text, context)


def compress(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_compress: a boolean, or the size from which on data is compressed."""
    if text == "1":
        reason = "journald reads 1 as yes, with the default size, and not as one byte"
        return (warned(whole(text), reason, suggestion="yes"),)
    return () if not text or parse_boolean(text) is not None else judge(text, context, read_size)


def line_max(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_line_max: bytes, at least 79."""
    size = parse_size(text)
    if text and size is not None and size < SHORTEST_LINE:
        reason = f"the lowest limit is {SHORTEST_LINE} bytes; journald uses that"
        return (warned(whole(text), reason, "out-of-range", str(SHORTEST_LINE)),)
    return iec_size_or_nothing(text, context)


def size_or_infinity(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_iec_uint64_infinity."""
    return () if text == "infinity" else iec_size_or_nothing(text, context)


def size_or_percentage(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_tmpfs_size: a share of the memory, or bytes."""
    share = parse_permyriad(text, context.release)
    if share is None:
        return iec_size_or_nothing(text, context)
    if 0 < share < 100 * 100:
        return ()
    return (ignored(whole(text), "write a percentage above 0% and below 100%", "out-of-range"),)


def virtual_terminal(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_crash_chvt: a boolean, or a terminal's number."""
    number = parse_integer(text)
    if not text or parse_boolean(text) is not None or (number is not None and -1 <= number <= LAST_TERMINAL):
        return ()
    kind = "invalid-value" if number is None else "out-of-range"
    return (ignored(whole(text), f"expected yes, no, or a terminal from 1 to {LAST_TERMINAL}", kind),)


def watchdog(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_watchdog_sec: a time span, ``default`` or ``off``."""
    return () if text in ("", "default", "off") else seconds(text, context)


def dns_servers(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_dns_servers: addresses, each with an optional port, interface and server name."""
    return [
        ignored(one, "expected an IP address such as 9.9.9.9, [2620:fe::fe]:53 or 1.1.1.1#cloudflare-dns.com")
        for one in split_words(text)
        if not _is_server(one.text)
    ]


def _is_server(text: str) -> bool:
    """``ADDRESS[:PORT][%INTERFACE][#NAME]`` (socket-netlink.c: in_addr_port_ifindex_name_from_string_auto)."""
    from ipaddress import ip_address

    address = text.partition("#")[0].partition("%")[0]
    port = ""
    if address.startswith("["):
        address, bracket, rest = address[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            return False
        port = rest[1:] if rest else "1"
    elif address.count(":") == 1:
        address, _, port = address.partition(":")
    else:
        port = "1"
    try:
        ip_address(address)
    except ValueError:
        return False
    number = parse_integer(port, 10)
    return number is not None and 0 < number <= LAST_PORT
