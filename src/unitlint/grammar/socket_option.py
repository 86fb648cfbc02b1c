"""SocketProtocol= and Timestamping= (load-fragment.c: config_parse_socket_protocol, …_socket_timestamping)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.boolean import parse_boolean
from unitlint.grammar.choice import choice, words_of
from unitlint.grammar.integer import INT_MAX
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer

_NUMBERS = {"sctp": 132, "udplite": 136, "mptcp": 262}
"""The numbers of the protocols in netinet/in.h."""
_OTHER_SPELLINGS = frozenset(("usec", "µs", "μs", "nsec"))


def socket_protocol(text: str, context: Context) -> Iterable[Problem]:
    """A name in any case, or a number of one of the few protocols that make sense here."""
    known = words_of(context)
    number = parse_integer(text)
    if text.lower() in known or number in [_NUMBERS[name] for name in known if name in _NUMBERS]:
        return ()
    if number is not None and 0 <= number <= INT_MAX:
        return (Problem("ignored", 0, len(text), f"only {', '.join(known)} can be chosen here", "out-of-range"),)
    return choice(text, context)


def socket_timestamping(text: str, context: Context) -> Iterable[Problem]:
    """off, us or ns; systemd also takes the longer names of the units, and a boolean."""
    if text in _OTHER_SPELLINGS or parse_boolean(text) is not None:
        return ()
    return choice(text, context)
