"""The values that systemd takes of a setting's assignments, one after the other.

A fold is given what the earlier assignments left and the next value, and answers what now holds, or None where
systemd ignores the assignment (load-fragment.c).  Which words are mistakes is the grammar's to say.
"""

from __future__ import annotations

from unitlint.catalogue import facts, known, lookup, parser_of
from unitlint.security.syscalls import members
from unitlint.values.network import KEYWORDS
from unitlint.values.numbers import parse_integer
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import expand
from unitlint.values.table import check_value
from unitlint.values.typed import parse_boolean
from unitlint.values.words import UNQUOTE, read_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

if TYPE_CHECKING:
    Fold = Callable[[Any, str, ValueContext], Any]

EVERY_CAPABILITY = (1 << 64) - 1
NAMESPACES = frozenset(("cgroup", "ipc", "mnt", "net", "pid", "user", "uts"))
UNSAID = NAMESPACES | {"unsaid"}
"""What RestrictNamespaces= is before anything is assigned; the first list replaces it instead of adding to it."""


def context_for(directive: str, release: int, *, user_manager: bool, unit_name: str) -> ValueContext | None:
    """What the grammar has to know; None where the release does not know the directive."""
    entry = lookup("unit", "Service", directive)
    if entry is None or not known(entry, release):
        return None
    return ValueContext(release, "Service", directive, entry, user_manager, unit_name)


def is_taken(text: str, context: ValueContext) -> bool:
    """True where systemd takes the whole value."""
    problems = check_value(parser_of(context.entry, context.release) or "", text, context)
    return all(problem.effect == "warned" for problem in problems)


def taken_words(text: str, context: ValueContext, shift: int = 0, flags: int = UNQUOTE) -> Iterator[str]:
    """The words of ``text`` that systemd takes; ``shift`` is the length of what stands before it in the value."""
    value = "~" * shift + text
    problems = check_value(parser_of(context.entry, context.release) or "", value, context)
    bad = [(one.start - shift, one.end - shift) for one in problems if one.effect != "warned"]
    for word in read_words(text, flags=flags).words:
        if not any(start < word.end and word.start < end for start, end in bad):
            yield word.text


def scalar(_now: str, text: str, context: ValueContext) -> str | None:
    """A boolean as ``yes`` or ``no``, else the word."""
    if not is_taken(text, context):
        return None
    truth = parse_boolean(text)
    return text if truth is None else "yes" if truth else "no"


def tristate(_now: str, text: str, context: ValueContext) -> str | None:
    """A switch that an empty value leaves to systemd, which counts it as on."""
    if not text:
        return "" if is_taken(text, context) else None
    return scalar(_now, text, context)


def switch_with_argument(_now: str, text: str, context: ValueContext) -> str | None:
    """ProtectHostname=, which may carry a name after a colon."""
    if not text:
        return "no" if is_taken(text, context) else None
    return scalar(_now, text.partition(":")[0], context) if is_taken(text, context) else None


def name(_now: str, text: str, context: ValueContext) -> str | None:
    """A user or a path with its specifiers expanded."""
    return expand(text, context) if is_taken(text, context) else None


def umask(_now: int, text: str, context: ValueContext) -> int | None:
    """An octal number."""
    return int(text, 8) if text and is_taken(text, context) else None


def delegate(_now: str, text: str, context: ValueContext) -> str | None:
    """Off only where the value says so: controllers switch it on, as an empty value does."""
    return "no" if parse_boolean(text) is False else "yes"


def names(now: frozenset[str], text: str, context: ValueContext) -> frozenset[str]:
    """A list that an empty value clears."""
    return now.union(taken_words(text, context)) if text else frozenset()


def anything(now: frozenset[str], text: str, context: ValueContext) -> frozenset[str]:
    """A list of whole values that an empty one clears; those with a mistake do not count."""
    if not text:
        return frozenset()
    return now | {text} if is_taken(text, context) else now


def bounding_set(now: int, text: str, context: ValueContext) -> int:
    """CapabilityBoundingSet= as a set of bits."""
    return _capabilities(now, text, EVERY_CAPABILITY, context.release)


def ambient_set(now: int, text: str, context: ValueContext) -> int:
    """AmbientCapabilities= as a set of bits."""
    return _capabilities(now, text, 0, context.release)


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


_capability_numbers: dict[str, int] = {}


def namespaces(now: frozenset[str], text: str, context: ValueContext) -> frozenset[str] | None:
    """The kinds of namespaces that may still be made; all of them before anything is said."""
    if not is_taken(text, context):
        return None
    if not text:
        return UNSAID
    truth = parse_boolean(text)
    if truth is not None:
        return frozenset() if truth else NAMESPACES
    invert = text.startswith("~")
    named = frozenset(word.text for word in read_words(text[invert:], flags=0).words)
    if now == UNSAID:
        return NAMESPACES - named if invert else named
    return now - named if invert else now | named


Listed = tuple[bool, "frozenset[str] | None"]
"""Whether the list allows, and what is in it; None where there is none."""


def address_families(now: Listed, text: str, context: ValueContext) -> Listed:
    """config_parse_address_families; since 261 a word that is no family ends the reading."""
    if not text:
        return False, None
    if text == "none" and context.release >= 249:
        return True, None
    invert = text.startswith("~")
    allows, listed = now
    if listed is None:
        allows, listed = not invert, frozenset()
    taken = set(taken_words(text[invert:], context, int(invert))) - {"AF_UNSPEC"}
    for word in read_words(text[invert:]).words:
        if word.text in taken:
            family = SAME_FAMILY.get(word.text, word.text)
            listed = listed - {family} if invert == allows else listed | {family}
        elif context.release >= 261:
            break
    return allows, listed


SAME_FAMILY = {"AF_LOCAL": "AF_UNIX", "AF_FILE": "AF_UNIX", "AF_ROUTE": "AF_NETLINK"}


def syscall_filter(now: Listed, text: str, context: ValueContext) -> Listed:
    """config_parse_syscall_filter: a list that allows begins with @default."""
    if not text:
        return False, None
    invert = text.startswith("~")
    allows, listed = now
    if listed is None:
        allows = not invert
        listed = members("@default", context.release) if allows else frozenset()
    for word in taken_words(text[invert:], context, int(invert), 0):
        calls = members(word.partition(":")[0], context.release)
        listed = listed - calls if invert == allows else listed | calls
    return allows, listed


def ip_denied(now: frozenset[str], text: str, context: ValueContext) -> frozenset[str]:
    """Of which IP versions everything is denied."""
    if not text:
        return frozenset()
    everything = {"any": ("4", "6")}
    found = set(now)
    for word in taken_words(text, context, 0, 0):
        address, slash, length = word.partition("/")
        if slash and int(length) == 0:
            found.add("6" if ":" in address else "4")
        found.update(everything.get(word, ()))
    return frozenset(found)


def ip_allowed(now: frozenset[str], text: str, context: ValueContext) -> frozenset[str]:
    """``localhost`` and ``other``, as far as addresses of that kind are allowed."""
    if not text:
        return frozenset()
    words = taken_words(text, context, 0, 0)
    return now.union("localhost" if is_localhost(word) else "other" for word in words)


def is_localhost(word: str) -> bool:
    """True for what systemd takes for this machine alone (in-addr-util.c: in_addr_is_localhost)."""
    if word in KEYWORDS:
        return word == "localhost"
    from ipaddress import ip_address, ip_network

    network = ip_network(word, strict=False).network_address
    return network.is_loopback if network.version == 4 else network == ip_address("::1")
