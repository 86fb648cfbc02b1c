"""What the assignments of a setting come to, one after the other.

A fold is given what the earlier assignments left and the next value, and answers what now holds, or None where
systemd ignores the assignment (load-fragment.c).  What systemd objects to in a value comes with it.
"""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.records import NamedTuple
from unitlint.catalogue import facts
from unitlint.security.syscalls import members
from unitlint.values.network import KEYWORDS
from unitlint.values.numbers import parse_integer
from unitlint.values.specifiers import expand
from unitlint.values.typed import parse_boolean
from unitlint.values.words import UNQUOTE, read_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from unitlint.values.problem import ValueContext, ValueProblem

    Fold = Callable[[Any, "GivenValue"], Any]

EVERY_CAPABILITY = (1 << 64) - 1
NAMESPACES = frozenset(("cgroup", "ipc", "mnt", "net", "pid", "user", "uts"))
UNSAID = NAMESPACES | {"unsaid"}
"""What RestrictNamespaces= is before anything is assigned; the first list replaces it instead of adding to it."""


class GivenValue(NamedTuple):
    """A value that was assigned, with what a release says of it (units/judged.py)."""

    text: str
    problems: tuple[ValueProblem, ...]
    context: ValueContext

    @property
    def is_accepted(self) -> bool:
        """True where systemd accepts the whole value."""
        return all(problem.effect == "warned" for problem in self.problems)

    def words(self, start: int = 0, flags: int = UNQUOTE) -> Iterator[str]:
        """The words that systemd accepts, from ``start`` on."""
        bad = [problem for problem in self.problems if problem.effect != "warned"]
        bad.sort(key=_start)
        at, reach = 0, -1  # how far those reach that begin before the word's end
        for word in read_words(self.text[start:], flags=flags).words:
            while at < len(bad) and bad[at].start - start < word.end:
                reach = max(reach, bad[at].end - start)
                at += 1
            if reach <= word.start:
                yield word.text


def _start(problem: ValueProblem) -> int:
    return problem.start


def scalar(_now: str, given: GivenValue) -> str | None:
    """A boolean as ``yes`` or ``no``, else the word."""
    if not given.is_accepted:
        return None
    return _word_of(given.text)


def _word_of(text: str) -> str:
    truth = parse_boolean(text)
    return text if truth is None else "yes" if truth else "no"


def tristate(_now: str, given: GivenValue) -> str | None:
    """A switch that an empty value leaves to systemd, which counts it as on."""
    if not given.text:
        return "" if given.is_accepted else None
    return scalar(_now, given)


def switch_with_argument(_now: str, given: GivenValue) -> str | None:
    """ProtectHostname=, which may carry a name after a colon."""
    if not given.text:
        return "no" if given.is_accepted else None
    return _word_of(given.text.partition(":")[0]) if given.is_accepted else None


def name(_now: str, given: GivenValue) -> str | None:
    """A user or a path with its specifiers expanded."""
    return expand(given.text, given.context) if given.is_accepted else None


def umask(_now: int, given: GivenValue) -> int | None:
    """An octal number."""
    return int(given.text, 8) if given.text and given.is_accepted else None


def delegate(_now: str, given: GivenValue) -> str | None:
    """Off only where the value says so: controllers switch it on, as an empty value does."""
    return "no" if parse_boolean(given.text) is False else "yes"


def names(now: frozenset[str], given: GivenValue) -> frozenset[str]:
    """A list that an empty value clears."""
    return now.union(given.words()) if given.text else frozenset()


def anything(now: frozenset[str], given: GivenValue) -> frozenset[str]:
    """A list of whole values that an empty one clears; those with a mistake do not count."""
    if not given.text:
        return frozenset()
    return now | {given.text} if given.is_accepted else now


def bounding_set(now: int, given: GivenValue) -> int:
    """CapabilityBoundingSet= as a set of bits."""
    return _capabilities(now, given.text, EVERY_CAPABILITY, given.context.release)


def ambient_set(now: int, given: GivenValue) -> int:
    """AmbientCapabilities= as a set of bits."""
    return _capabilities(now, given.text, 0, given.context.release)


def _capabilities(now: int, text: str, initial: int, release: int) -> int:
    """config_parse_capability_set: an empty list replaces, as does the first one."""
    invert = text.startswith("~")
    bits = capability_bits((word.text for word in read_words(text[invert:]).words), release)
    if not bits or now == initial:
        return _everything(release) & ~bits if invert else bits
    return now & ~bits if invert else now | bits


def _everything(release: int) -> int:
    """All capabilities as a lone ``~`` leaves them: a state of its own in 262, and the untouched one before."""
    return EVERY_CAPABILITY >> 1 if release >= 262 else EVERY_CAPABILITY


def capability_bits(words: Iterable[str], release: int) -> int:
    """The bits of capabilities by name or number; what is neither has none."""
    if not _capability_numbers:
        _capability_numbers.update((entry["name"], entry["number"]) for entry in facts("capabilities"))
    bits = 0
    most = 63 if release < 254 else 62
    for word in words:
        number = _capability_numbers.get(word.upper())
        if number is None:
            number = parse_integer(word)
        if number is not None and 0 <= number <= most:
            bits |= 1 << number
    return bits


@lru_cache(maxsize=64)
def capability_names(bits: int) -> frozenset[str]:
    """The names of the capabilities in a set of bits."""
    return frozenset([entry["name"] for entry in facts("capabilities") if bits >> entry["number"] & 1])


_capability_numbers: dict[str, int] = {}


def namespaces(now: frozenset[str], given: GivenValue) -> frozenset[str] | None:
    """The kinds of namespaces that may still be made; all of them before anything is said."""
    if not given.is_accepted:
        return None
    if not given.text:
        return UNSAID
    truth = parse_boolean(given.text)
    if truth is not None:
        return frozenset() if truth else NAMESPACES
    invert = given.text.startswith("~")
    named = frozenset(word.text for word in read_words(given.text[invert:], flags=0).words)
    if now == UNSAID:
        return NAMESPACES - named if invert else named
    return now - named if invert else now | named


Listed = tuple[bool, "frozenset[str] | None"]
"""Whether the list allows, and what is in it; None where there is none."""


def address_families(now: Listed, given: GivenValue) -> Listed:
    """config_parse_address_families; since 261 a word that is no family ends the reading."""
    if not given.text:
        return False, None
    if given.text == "none" and given.context.release >= 249:
        return True, None
    invert = given.text.startswith("~")
    allows, listed = now
    if listed is None:
        allows, listed = not invert, frozenset()
    taken = set(given.words(int(invert))) - {"AF_UNSPEC"}
    for word in read_words(given.text[invert:]).words:
        if word.text in taken:
            family = SAME_FAMILY.get(word.text, word.text)
            listed = listed - {family} if invert == allows else listed | {family}
        elif given.context.release >= 261:
            break
    return allows, listed


SAME_FAMILY = {"AF_LOCAL": "AF_UNIX", "AF_FILE": "AF_UNIX", "AF_ROUTE": "AF_NETLINK"}


def syscall_filter(now: Listed, given: GivenValue) -> Listed:
    """config_parse_syscall_filter: a list that allows begins with @default."""
    if not given.text:
        return False, None
    invert = given.text.startswith("~")
    allows, listed = now
    if listed is None:
        allows = not invert
        listed = members("@default", given.context.release) if allows else frozenset()
    for word in given.words(int(invert), flags=0):
        calls = members(word.partition(":")[0], given.context.release)
        listed = listed - calls if invert == allows else listed | calls
    return allows, listed


def ip_denied(now: frozenset[str], given: GivenValue) -> frozenset[str]:
    """Of which IP versions everything is denied."""
    if not given.text:
        return frozenset()
    everything = {"any": ("4", "6")}
    found = set(now)
    for word in given.words(flags=0):
        address, slash, length = word.partition("/")
        if slash and int(length) == 0:
            found.add("6" if ":" in address else "4")
        found.update(everything.get(word, ()))
    return frozenset(found)


def ip_allowed(now: frozenset[str], given: GivenValue) -> frozenset[str]:
    """``localhost`` and ``other``, as far as addresses of that kind are allowed."""
    if not given.text:
        return frozenset()
    words = given.words(flags=0)
    return now.union("localhost" if is_localhost(word) else "other" for word in words)


def is_localhost(word: str) -> bool:
    """True for what systemd takes for this machine alone (in-addr-util.c: in_addr_is_localhost)."""
    if word in KEYWORDS:
        return word == "localhost"
    from ipaddress import ip_address, ip_network

    network = ip_network(word, strict=False).network_address
    return network.is_loopback if network.version == 4 else network == ip_address("::1")
