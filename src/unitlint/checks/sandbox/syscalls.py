"""What a service's SystemCallFilter= lets through (load-fragment.c: config_parse_syscall_filter)."""

from __future__ import annotations

from unitlint.checks.sandbox.facts import SECTION
from unitlint.grammar.words import split_words
from unitlint.record import NamedTuple
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.units.unit import Unit


class Filter(NamedTuple):
    """``names`` are the calls let through where ``allow``, else those denied."""

    allow: bool
    names: frozenset[str]
    lines: tuple[Assignment, ...]

    def denies(self, call: str) -> bool:
        """True where the call fails, or ends the process."""
        return (call not in self.names) if self.allow else call in self.names

    def denies_all(self, calls: Iterable[str]) -> bool:
        """True where none of several ways to the same end is left."""
        return all(self.denies(call) for call in calls)


def filter_of(unit: Unit) -> Filter | None:
    """The filter that all lines add up to: the first says which kind it is, the others add and take away."""
    if "syscalls" not in unit.memo:
        unit.memo["syscalls"] = _filter(unit.all(SECTION, "SystemCallFilter"))
    found: Filter | None = unit.memo["syscalls"]
    return found


def named_in(line: Assignment) -> frozenset[str]:
    """The calls of one line, its groups resolved."""
    words = split_words(line.value.removeprefix("~"))
    return frozenset().union(*(_members(word.text.partition(":")[0]) for word in words)) if words else frozenset()


def _filter(lines: tuple[Assignment, ...]) -> Filter | None:
    if not lines:
        return None
    allow = not lines[0].value.startswith("~")
    names: frozenset[str] = _members("@default") if allow else frozenset()
    for line in lines:
        adds = line.value.startswith("~") is not allow
        names = names | named_in(line) if adds else names - named_in(line)
    return Filter(allow, names, lines)


def _members(name: str) -> frozenset[str]:
    if not name.startswith("@"):
        return frozenset((name,))
    if not _groups:
        from unitlint.catalogue import facts

        _groups.update((group["name"], tuple(group["members"])) for group in facts("syscall_groups"))
        _groups["@known"] = tuple(facts("known_syscalls"))
    if name not in _resolved:
        _resolved[name] = frozenset().union(*(_members(one) for one in _groups.get(name, ())))
    return _resolved[name]


_groups: dict[str, tuple[str, ...]] = {}
_resolved: dict[str, frozenset[str]] = {}
