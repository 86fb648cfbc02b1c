"""What each specifier stands for, in a few words, and its value in one unit."""

from __future__ import annotations

from unitlint.catalogue import facts
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import FULL, expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MEANINGS = {
    "A": "the version of the operating system image", "a": "the architecture", "b": "the boot ID",
    "B": "the build ID of the operating system", "C": "the cache directory root", "c": "the control group of the unit",
    "D": "the shared data directory", "d": "the credentials directory", "E": "the configuration directory root",
    "f": "the instance or prefix, unescaped, with a slash in front", "g": "the group of the service manager",
    "G": "the group ID of the service manager", "h": "the home directory of the service manager's user, not of User=",
    "H": "the host name", "i": "the instance name, escaped", "I": "the instance name, unescaped",
    "j": "what stands behind the last dash of the prefix, escaped", "J": "the same, unescaped",
    "l": "the short host name", "L": "the log directory root", "m": "the machine ID",
    "M": "the image ID of the operating system", "n": "the full unit name", "N": "the unit name without its type",
    "o": "the operating system's ID", "p": "the prefix: the name before the @, escaped", "P": "the same, unescaped",
    "q": "the pretty host name", "r": "the root of the control group hierarchy", "R": "the root control group path",
    "S": "the state directory root", "s": "the shell of the service manager's user", "t": "the runtime directory root",
    "T": "the directory for temporary files", "u": "the name of the service manager's user",
    "U": "the user ID of the service manager", "v": "the kernel release",
    "V": "the directory for larger temporary files", "w": "the version ID of the operating system",
    "W": "the variant ID of the operating system", "y": "the path of the unit file",
    "Y": "the directory of the unit file", "%": "a single percent sign",
}  # fmt: skip
_OF_THE_MACHINE = frozenset("AabBHlmMoqvwWcrRgGuUsd")
"""Specifiers whose value depends on the machine, so that none is shown."""


def known_at(release: int, where: str) -> list[str]:
    """The letters of the specifiers that a release knows in a place (``full``, ``name``, ``install``)."""
    entries: list[dict[str, Any]] = facts("specifiers")
    return [
        entry["specifier"][1:]
        for entry in entries
        if (where in entry["contexts"] or entry["specifier"] == "%%") and (entry.get("since") or 0) <= release
    ]


def value_of(letter: str, unit_name: str, release: int, *, user: bool = False, where: str = FULL) -> str | None:
    """What a specifier stands for in a unit; None where that depends on the machine, or where it means nothing."""
    if letter in _OF_THE_MACHINE:
        return None
    context = ValueContext(release, "", "", {}, user, unit_name)
    return expand(f"%{letter}", context, where)
