"""The words of conditions (``equals``, ``glob``, ``at-least``…): what each says of one value.

The truth has three values: None is "cannot be known", for a value that systemd would refuse or that depends on a
specifier. A rule never finds anything for what it cannot know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.catalogue import lookup
from unitlint.units.unit import DirectiveName
from unitlint.values.typed import comparable, order, parse_boolean, type_of
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Truth = bool | None

_SPECIFIER = late_pattern(r"(?<!%)(?:%%)*%[A-Za-z]")
_PREFIXES = "-+!@:|"
"""What may stand before a path in a command or a list of paths."""


class ComparedValue(NamedTuple):
    """A value with what it takes to compare it; ``kind`` is ``unit`` or a conf's name."""

    section: str
    directive: str
    text: str
    kind: str

    def typed(self, text: str) -> Any:
        """``text`` as a number, boolean or word, by the type of this value's directive."""
        if not self.section:
            return float(text) if self.directive == "release" else text
        return comparable(self.section, self.directive, text, self.kind)


def holds(word: str, asked: ComparedValue, wanted: Any) -> Truth:
    """Whether the word holds for the value; ``wanted`` is what stands behind it in the rule."""
    return _WORDS[word](asked, wanted)


def every(truths: Iterable[Truth]) -> Truth:
    """False where one is False, else None where one is None, else True.  Nothing behind a False is asked."""
    joined: Truth = True
    for truth in truths:
        if truth is False:
            return False
        joined = joined and truth
    return joined


def some(truths: Iterable[Truth]) -> Truth:
    """True where one is True, else None where one is None, else False.  Nothing behind a True is asked."""
    joined: Truth = False
    for truth in truths:
        if truth:
            return True
        joined = joined if truth is False else None
    return joined


def negated(truth: Truth) -> Truth:
    """The other way round; what is unknown stays so."""
    return None if truth is None else not truth


def as_text(value: Any) -> str:
    """A value of a rule file as a unit would spell it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def as_list(value: Any) -> list[Any]:
    """A list, or a list of the one value."""
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _in(asked: ComparedValue, wanted: Any) -> Truth:
    texts = list(map(as_text, as_list(wanted)))
    if asked.text in texts:
        return True
    value = asked.typed(asked.text)
    if isinstance(value, str) and "%" not in asked.text:  # a word, of which it is known that it is another one
        return any(value == asked.typed(text) for text in texts)
    return some(_equals(asked, text) for text in texts)


def _equals(asked: ComparedValue, wanted: Any) -> Truth:
    text = as_text(wanted)
    if asked.text == text:
        return True
    left, right = asked.typed(asked.text), asked.typed(text)
    if isinstance(left, str) or isinstance(right, str):
        return _as_far_as_known(asked, matched=left == right)
    return None if left is None or right is None else left == right


def _other_than(asked: ComparedValue, wanted: Any) -> Truth:
    return negated(_in(asked, wanted))


def _enabled(asked: ComparedValue, wanted: Any) -> Truth:
    if asked.typed(asked.text) is None:
        return None
    is_off = _as_far_as_known(asked, matched=parse_boolean(asked.text.strip()) is False)
    return negated(is_off) if wanted else is_off


def _glob(asked: ComparedValue, wanted: Any) -> Truth:
    from unitlint.rules.patterns import glob

    return _as_far_as_known(asked, matched=any(glob(as_text(one))(asked.text) for one in as_list(wanted)))


def _matches(asked: ComparedValue, wanted: Any) -> Truth:
    from unitlint.rules.patterns import searcher

    return _as_far_as_known(asked, matched=searcher(as_text(wanted))(asked.text))


def _under(asked: ComparedValue, wanted: Any) -> Truth:
    parents = [as_text(one).rstrip("/") for one in as_list(wanted)]
    path = _path(asked.text)
    if not path.startswith("/"):
        return _as_far_as_known(asked, matched=False)
    inside = any(path == parent or path.startswith(f"{parent}/") for parent in parents)
    return _as_far_as_known(asked, matched=inside)


def _path(text: str) -> str:
    """The path of a value: a command's program, the source of a bind mount."""
    words = split_words(text)
    return words[0].text.lstrip(_PREFIXES).partition(":")[0] if words else ""


def _as_far_as_known(asked: ComparedValue, *, matched: bool) -> Truth:
    """A specifier may stand for anything, so that a text that holds one is never known to differ."""
    if matched or "%" not in asked.text or not _SPECIFIER.search(asked.text):
        return matched
    entry = lookup(asked.kind, asked.section, asked.directive) or {}
    return None if entry.get("specifiers", "none") != "none" else False


def _ordered(check: Callable[[int], bool]) -> Callable[[ComparedValue, Any], Truth]:
    def compare(asked: ComparedValue, wanted: Any) -> Truth:
        found = order(asked.typed(asked.text), asked.typed(as_text(wanted)))
        return None if found is None else check(found)

    return compare


_WORDS: dict[str, Callable[[ComparedValue, Any], Truth]] = {
    "equals": _equals,
    "in": _in,
    "other-than": _other_than,
    "enabled": _enabled,
    "glob": _glob,
    "matches": _matches,
    "under": _under,
    "less-than": _ordered(lambda sign: sign < 0),
    "at-most": _ordered(lambda sign: sign <= 0),
    "at-least": _ordered(lambda sign: sign >= 0),
    "greater-than": _ordered(lambda sign: sign > 0),
}

_LISTS = frozenset((
    "address_family_list", "bind_path_list", "capability_set", "compression_list", "controller_list",
    "credential_glob_list", "delegate", "dns_server_list", "domain_list", "env_name_list", "env_unset_list",
    "environment", "exec_directory_list", "exit_status_list", "filesystem_list", "group_list", "host_list",
    "ifname_list", "ip_prefix_list", "journal_field_list", "namespace_flags", "path_list", "path_list_prefixed",
    "secure_bits", "string_list", "syscall_arch_list", "syscall_filter", "tmpfs_list", "unit_list", "uri_list",
))  # fmt: skip


@lru_cache(maxsize=1024)
def is_word_list(key: DirectiveName, kind: str = "unit") -> bool:
    """True of directives whose values are items with blanks between, each of which is looked at for itself."""
    return type_of(*key, kind) in _LISTS
