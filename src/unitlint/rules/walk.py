"""The conditions of a rule file as data: which directives and facts they name, and what each asks of them."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.units.commands import EXEC_DIRECTIVES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

JOINS = ("all", "any", "not")
ANY_OF, ANY_COMMAND = "any-of", "any-command"
OWN = "Own"
"""In place of a section's name: the section that only units of the type have."""
SECTIONS = ("match", "require", "when")
"""The keys of a rule file that hold conditions."""
COMMAND_DIRECTIVES = (*EXEC_DIRECTIVES, "ExecStopPre")
"""The directives that ``any-command`` speaks of: those of services, and one of sockets, mounts and swaps."""


class ConditionPart(NamedTuple):
    """One directive or fact in a condition, and the words that are asked of it."""

    name: str
    words: dict[str, Any]
    node: Any
    """The mapping in which the name stands, with ``key``; for mistakes, which are reported at their place."""
    key: str


def parts(node: Any) -> Iterator[ConditionPart]:
    """Every directive and fact of a condition, of a list of them, or of None, in the order of the file."""
    if isinstance(node, list):
        for inner in node:
            yield from parts(inner)
    elif isinstance(node, dict):
        for key, inner in node.items():
            if key in JOINS:
                yield from parts(inner)
            elif isinstance(inner, dict):
                words = {word: wanted for word, wanted in inner.items() if key != ANY_OF or word != "directives"}
                for name in names_of(key, inner):
                    yield ConditionPart(name, words, node, key)


def names_of(key: str, words: Any) -> list[str]:
    """The directives (or the one fact) that a key of a condition stands for."""
    if key == ANY_OF:
        listed = words.get("directives")
        return [str(name) for name in listed] if isinstance(listed, list) else []
    if key == ANY_COMMAND:
        return [f"{OWN}.{name}" for name in COMMAND_DIRECTIVES]
    return [str(key)]


def split(name: str) -> tuple[str, str]:
    """(``Service``, ``User``) of ``Service.User``; the section of a fact is empty."""
    section, dot, directive = name.partition(".")
    return (section, directive) if dot else ("", name)


def section_of(section: str, unit_type: str) -> str:
    """The section that is meant in a unit of this type."""
    return unit_type.capitalize() if section == OWN else section
