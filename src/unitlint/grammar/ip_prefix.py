"""IP addresses and prefixes: IPAddressAllow=, IPAddressDeny=."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.grammar.faults import ignored, nearest, take_words
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.words import Word

KEYWORDS = ("any", "localhost", "link-local", "multicast")
_V4_BYTE = re.compile(r"0|[1-9][0-9]{0,2}")
_V6_GROUP = re.compile(r"[0-9A-Fa-f]{1,4}")
_DIGITS = re.compile(r"0|[1-9][0-9]*")


def is_ipv4(text: str) -> bool:
    """True for four numbers up to 255 with dots between (inet_pton)."""
    parts = text.split(".")
    return len(parts) == 4 and all(_V4_BYTE.fullmatch(part) and int(part) < 256 for part in parts)


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


def in_addr_prefixes(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_in_addr_prefixes: addresses with an optional prefix length, and keywords."""
    problems: list[Problem] = []
    for word in take_words(text, problems, 0):
        problem = None if word.text in KEYWORDS else _prefix_problem(word)
        if problem is not None:
            problems.append(problem)
    return problems


def _prefix_problem(word: Word) -> Problem | None:
    address, slash, length = word.text.partition("/")
    bits = 32 if is_ipv4(address) else 128 if is_ipv6(address) else 0
    if not bits:
        suggestion = nearest(word.text, KEYWORDS)
        reason = "it is no IP address, no prefix and none of " + ", ".join(KEYWORDS)
        return ignored(word, reason, suggestion=suggestion)
    if slash and not (_DIGITS.fullmatch(length) and int(length) <= bits):
        reason = f"the length of a prefix is a number up to {bits}"
        return ignored(word, reason, "out-of-range")
    return None
