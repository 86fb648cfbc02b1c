"""IP addresses and prefixes: IPAddressAllow=, IPAddressDeny=."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import is_whole_number, number_of_digits
from unitlint.values.faults import expanded, ignored, take_words, unknown, whole
from unitlint.values.numbers import parse_integer
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import Word

KEYWORDS = ("any", "localhost", "link-local", "multicast")
_V4_BYTE = late_pattern(r"0|[1-9][0-9]{0,2}")
_V6_GROUP = late_pattern(r"[0-9A-Fa-f]{1,4}")
_LOCALHOST = late_pattern(r"(?i)(?:.*\.)?localhost(?:\.localdomain)?\.?")
"""The names that hostname-util.c: is_localhost() knows."""


def is_ipv4(text: str) -> bool:
    """True for four numbers up to 255 with dots between (inet_pton)."""
    parts = text.split(".")
    return len(parts) == 4 and all(_V4_BYTE.fullmatch(part) and number_of_digits(part) < 256 for part in parts)


def is_ipv6(text: str) -> bool:
    """True for an IPv6 address, also with an IPv4 tail (inet_pton)."""
    head, double, rest = text.partition("::")
    if double and "::" in rest:
        return False
    left = _groups(head, last=not double)
    right = _groups(rest, last=True) if double else 0
    if left is None or right is None:
        return False
    return left + right <= 7 if double else left == 8


def _groups(text: str, *, last: bool) -> int | None:
    """How many 16-bit groups ``text`` holds; None if it is malformed."""
    if not text:
        return 0
    groups = text.split(":")
    count = 0
    for number, group in enumerate(groups):
        if last and number == len(groups) - 1 and "." in group:
            if not is_ipv4(group):
                return None
            count += 2
        elif _V6_GROUP.fullmatch(group):
            count += 1
        else:
            return None
    return count


def in_addr_prefixes(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_in_addr_prefixes: addresses with an optional prefix length, and keywords."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, 0):
        is_keyword = word.text in KEYWORDS or _LOCALHOST.fullmatch(word.text)
        problem = None if is_keyword else _prefix_problem(word, context.release)
        if problem is not None:
            problems.append(problem)
    return problems


def _prefix_problem(word: Word, release: int) -> ValueProblem | None:
    address, slash, length = word.text.partition("/")
    bits = 32 if is_ipv4(address) else 128 if is_ipv6(address) else 0
    if not bits:
        from unitlint.values.meant import meant

        suggestion = meant(word.text, KEYWORDS)
        reason = "expected an address such as 192.0.2.1, a prefix such as 10.0.0.0/8, or one of " + ", ".join(KEYWORDS)
        return ignored(word, reason, suggestion=suggestion)
    number = parse_integer(length, release=release) if slash else 0
    if number is None or not 0 <= number <= bits:
        reason = f"the prefix length goes up to {bits}"
        return ignored(word, reason, "out-of-range")
    return None


_MAX_LENGTH = 15
_MAX_ALTERNATIVE = 127
_RESERVED = ("all", "default")
_EXPANDS_SINCE = 258
_ALTERNATIVE_SINCE = 256
"""From then on RestrictNetworkInterfaces= takes the longer, alternative names too."""
_NO_INTERFACE = "expected the name of a network interface"


def is_interface(name: str, *, alternative: bool = False, index: bool = False) -> bool:
    """True for a name that an interface can have; ``index`` allows its number too."""
    longest = _MAX_ALTERNATIVE if alternative else _MAX_LENGTH
    if not name or len(name) > longest or name in (".", "..") or name in _RESERVED:
        return False
    if not all("!" <= char <= "~" and char not in ":/%" for char in name):
        return False
    return index or not (is_whole_number(name) or _is_index(name))


def _is_index(name: str) -> bool:
    number = parse_integer(name)
    return number is not None and 0 < number < 2**31


def bind_to_device(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_socket_bindtodevice."""
    if not text or text == "*":
        return []
    problems: list[ValueProblem] = []
    word = whole(text)
    name: str | None = text
    if context.release >= _EXPANDS_SINCE:
        name = expanded(word, context, problems)
    if name is not None and not _fits(name, context):
        problems.append(ignored(word, _NO_INTERFACE))
    return problems


def _fits(name: str, context: ValueContext) -> bool:
    if context.release < 248:
        return name in _RESERVED or is_interface(name.replace("%", "x"), index=not is_whole_number(name))
    return is_interface(name)


def bind_network_interface(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_bind_network_interface."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems) if text else None
    if name is not None and not is_interface(name, alternative=True):
        problems.append(ignored(word, _NO_INTERFACE))
    return problems


def restrict_network_interfaces(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_restrict_network_interfaces: names, ``~`` before the first turns it round."""
    problems: list[ValueProblem] = []
    inverted = text.startswith("~")
    for word in take_words(text[1:] if inverted else text, problems):
        if not is_interface(word.text, alternative=context.release >= _ALTERNATIVE_SINCE):
            place = Word(word.text, word.start + inverted, word.end + inverted)
            problems.append(ignored(place, _NO_INTERFACE))
    return problems


_NONE_SINCE = 249
_MCTP_SINCE = 249
"""The C library of Debian 11, with which its 247 was built, does not know it yet."""
_ALL_OR_NOTHING_SINCE = 261


def address_families(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """AF_ names; ``~`` before the first turns the list round; ``none`` allows no family."""
    from unitlint.catalogue import facts

    if text == "none" and context.release >= _NONE_SINCE:
        return []
    problems: list[ValueProblem] = []
    names: list[str] = facts("address_families")
    known = {name.upper() for name in names} - {"AF_UNSPEC"}  # has a name, but is none to choose
    if context.release < _MCTP_SINCE:
        known.discard("AF_MCTP")
    inverted = int(text.startswith("~"))
    what = "address family such as AF_INET, AF_INET6 or AF_UNIX"
    for word in take_words(text[inverted:], problems):
        if word.text.upper() not in known:
            place = Word(word.text, word.start + inverted, word.end + inverted)
            candidates = names if word.text.upper().startswith("AF_") else _by_short_name(names)
            problem = unknown(place, what, candidates)
            if problem.suggestion and not problem.suggestion.startswith("AF_"):
                problem = problem._replace(suggestion="AF_" + problem.suggestion)
            problems.append(problem)
    return problems


def _by_short_name(names: list[str]) -> list[str]:
    return [name.removeprefix("AF_") for name in names]


FAMILIES = frozenset((
    "route", "firewall", "inet-diag", "nflog", "xfrm", "selinux", "iscsi", "audit", "fib-lookup",
    "connector", "netfilter", "ip6-fw", "dnrtmsg", "kobject-uevent", "generic", "scsitransport",
    "ecryptfs", "rdma",
))  # fmt: skip

_SOURCES = ("cgroup", "user", "group")
_FAMILIES = ("arp", "bridge", "inet", "ip", "ip6", "netdev")
_NAME = late_pattern(r"[A-Za-z][A-Za-z0-9_/\\.]{0,254}")


def nft_set(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_cgroup_nft_set: source:family:table:set."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems):
        parts = word.text.split(":")
        sound = (
            len(parts) == 4
            and parts[0] in _SOURCES
            and parts[1] in _FAMILIES
            and all(_NAME.fullmatch(part) for part in parts[2:])
        )
        if not sound:
            problems.append(ignored(word, "expected SOURCE:FAMILY:TABLE:SET, such as cgroup:inet:filter:services"))
    return problems
