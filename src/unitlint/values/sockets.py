"""ListenStream= and its like (load-fragment.c: config_parse_socket_listen)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.whole_numbers import is_whole_number
from unitlint.catalogue import NEWEST
from unitlint.values.choice import choice, words_of
from unitlint.values.faults import expanded, ignored, legacy_run, path_problem, whole
from unitlint.values.network import is_interface, is_ipv4, is_ipv6
from unitlint.values.numbers import INT_MAX, UINT_MAX, parse_integer
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.typed import parse_boolean
from unitlint.values.words import DONT_COALESCE_SEPARATORS, Word, read_words

_PATHS = ("ListenFIFO", "ListenSpecial", "ListenMessageQueue", "ListenUSBFunction")
_ADDRESSES = ("ListenStream", "ListenDatagram", "ListenSequentialPacket")
_API_CHECK_SINCE = 256
_LONGEST_UNIX = 107
_WHOLE_NETLINK_SINCE = 242
_VSOCK_TYPES_SINCE = 254
_ANY_PORT_UNTIL = 256
"""From about then on 4294967295 is no port any more: 254 takes it, 257 does not."""


def socket_listen(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A path, an abstract name, an address with a port, or a netlink family."""
    problems: list[ValueProblem] = []
    word = whole(text)
    value = expanded(word, context, problems) if text else None
    if value is None:
        return problems
    if context.directive in _PATHS:
        return _path(word, value, context)
    if context.directive == "ListenNetlink":
        return _netlink(word, value, context.release)
    return _address(word, value, context)


def _path(word: Word, path: str, context: ValueContext) -> list[ValueProblem]:
    api = context.directive == "ListenSpecial" or context.release < _API_CHECK_SINCE
    problem = path_problem(word, path, context, api=api)
    if problem is None and context.directive == "ListenFIFO":
        problem = legacy_run(word, path, context)
    return [] if problem is None else [problem]


def _netlink(word: Word, value: str, release: int) -> list[ValueProblem]:
    from unitlint.values.network import FAMILIES

    family, _, group = value.replace("\t", " ").partition(" ")
    if release < _WHOLE_NETLINK_SINCE and group and not is_whole_number(group.strip()[:1]):
        group = ""  # sscanf() stops reading there
    number = parse_number(family, release)
    sound = family in FAMILIES or (number is not None and number < 2**31)
    if sound and (not group or parse_number(group.strip(), release) is not None):
        return []
    return [ignored(word, "expected a netlink family such as kobject-uevent or audit")]


def _address(word: Word, value: str, context: ValueContext) -> list[ValueProblem]:
    family = address_family(value, context.release)
    if family is None:
        reason = "expected a path, @name, port, address:port or vsock:CID:PORT"
        if value.startswith(("/", "@")):
            reason = f"the path of a socket has at most {_LONGEST_UNIX} characters"
        return [ignored(word, reason, suggestion=_nearest_address(value))]
    if context.directive == "ListenSequentialPacket" and family != "unix":
        return [ignored(word, "sequential packets work with AF_UNIX sockets only")]
    problem = legacy_run(word, value, context)
    return [] if problem is None else [problem]


def address_family(text: str, release: int) -> str | None:
    """``unix``, ``vsock``, ``inet`` or ``inet6``: what socket_address_parse makes of it."""
    if text.startswith(("/", "@")):
        return "unix" if 1 < len(text.encode()) <= _LONGEST_UNIX else None
    if text.startswith("vsock"):
        return "vsock" if _is_vsock(text, release) else None
    if text.startswith("["):
        host, bracket, rest = text[1:].partition("]")
        port, percent, interface = rest.partition("%")
        sound = bracket and is_ipv6(host) and port.startswith(":") and _is_port_of_address(port[1:], release)
        return "inet6" if sound and (not percent or is_interface(interface, index=True)) else None
    host, colon, port = text.rpartition(":")
    if not colon:
        return "inet6" if is_port(text, release) else None
    return "inet" if is_ipv4(host) and _is_port_of_address(port, release) else None


_BLANKS_BEFORE_PORT_UNTIL = 249


def _is_port_of_address(text: str, release: int) -> bool:
    return is_port(text, release) and (release <= _BLANKS_BEFORE_PORT_UNTIL or not text[:1].isspace())


def _is_vsock(text: str, release: int) -> bool:
    scheme, _, rest = text.partition(":")
    schemes: tuple[str, ...] = ("vsock",)
    if release >= _VSOCK_TYPES_SINCE:
        schemes = ("vsock", "vsock-stream", "vsock-dgram", "vsock-seqpacket")
    cid, colon, port = rest.partition(":")
    if scheme not in schemes or not colon:
        return False
    number, context_id = parse_number(port, release), parse_number(cid, release) if cid else 0
    if number is None or context_id is None or max(number, context_id) > UINT_MAX:
        return False
    return number != UINT_MAX or release < _ANY_PORT_UNTIL


def _nearest_address(value: str) -> str | None:
    host, colon, port = value.rpartition(":")
    if colon and is_port(port):
        if host in ("*", ""):
            return port
        if is_ipv6(host):
            return f"[{host}]:{port}"
        if host == "localhost":
            return f"127.0.0.1:{port}"
    return None


_PORT_ZERO_SINCE = 256
_MAX_PORT = 65535


def parse_number(text: str, release: int = NEWEST) -> int | None:
    """An unsigned number in C notation; None if it is none."""
    number = parse_integer(text, release=release)
    return number if number is not None and number >= 0 else None


def is_port(text: str, release: int = NEWEST, *, zero: bool = False) -> bool:
    """True for a port number; 0 only if ``zero``."""
    number = parse_number(text, release)
    return number is not None and (0 if zero else 1) <= number <= _MAX_PORT


def socket_bind(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """[ipv4|ipv6:][tcp|udp:]port, port-port or any."""
    if not text or text == "any":
        return []
    words, failure = read_words(text, ":", DONT_COALESCE_SEPARATORS)
    tokens = [""] if failure else [word.text for word in words]
    if tokens[0] in ("ipv4", "ipv6"):
        tokens.pop(0)
    if tokens and tokens[0].lower() in ("tcp", "udp"):
        tokens.pop(0)
    if not tokens or (len(tokens) == 1 and _is_range(tokens[0], context.release)):
        return []
    reason = "expected a port such as 8080, tcp:8080 or ipv4:udp:5000-5010, or any"
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


_EMPTY_PROTOCOL_UNTIL = 239
_NUMBERS = {"sctp": 132, "udplite": 136, "mptcp": 262}
"""The numbers of the protocols in netinet/in.h."""
_OTHER_SPELLINGS = frozenset(("usec", "µs", "μs", "nsec"))


def socket_protocol(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A name in any case, or a number of one of the few protocols that make sense here."""
    if not text and context.release <= _EMPTY_PROTOCOL_UNTIL:
        return ()
    known = words_of(context)
    number = parse_integer(text)
    if text.lower() in known or number in [_NUMBERS[name] for name in known if name in _NUMBERS]:
        return ()
    if number is not None and 0 <= number <= INT_MAX:
        return (ValueProblem("ignored", 0, len(text), f"accepted: {', '.join(known)}", "out-of-range"),)
    return choice(text, context)


def socket_timestamping(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """off, us or ns; systemd also takes the longer names of the units, and a boolean."""
    if text in _OTHER_SPELLINGS or parse_boolean(text) is not None:
        return ()
    return choice(text, context)
