"""UL553: files below the credentials directory that nothing puts there (systemd.exec(5), CREDENTIALS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import is_whole, runs_shell
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.service import CREDENTIALS
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

_BY_SPECIFIER = late_pattern(r"(?<!%)%d/([A-Za-z0-9_.-]+)")
_BY_VARIABLE = late_pattern(r"\$\{CREDENTIALS_DIRECTORY\}/([A-Za-z0-9_.-]+)")


def not_given(unit: Unit, context: Context) -> Iterator[Hit]:
    """A name below %d or ${CREDENTIALS_DIRECTORY} that no directive of the unit gives to the service."""
    if not is_whole(unit) or any(
        ("Service", name) in unit.assignments and not unit.all("Service", name) for name in CREDENTIALS
    ):
        return  # a directive that this release does not know, or a value that it cannot read, is told of by itself
    given = list(_given(unit))
    for line, start, end, name in _used(unit, context):
        if any(_gives(pattern, name) for pattern in given):
            continue
        known = f"only {', '.join(given[:3])}" if given else "none"
        yield Hit(line, {"name": name, "given": known}, span=(start, end))


def _used(unit: Unit, context: Context) -> Iterator[tuple[Assignment, int, int, str]]:
    """What commands and Environment= name below the directory; scripts may ask whether it is there."""
    seen: set[int] = set()
    for line, command in commands(unit, context.release):
        patterns = (_BY_SPECIFIER,) if runs_shell(command) else (_BY_SPECIFIER, _BY_VARIABLE)
        if id(line) not in seen:
            seen.add(id(line))
            yield from _named(line, *patterns)
    for line in unit.all("Service", "Environment"):
        yield from _named(line, _BY_SPECIFIER)


def _named(line: Assignment, *patterns: re.Pattern[str]) -> Iterator[tuple[Assignment, int, int, str]]:
    for pattern in patterns:
        for found in pattern.finditer(line.value):
            yield line, found.start(), found.end(), found[1]


def _given(unit: Unit) -> Iterator[str]:
    """Names, and the patterns of ImportCredential= (with the new beginning of the names, since 257)."""
    for directive in CREDENTIALS:
        for line in unit.all("Service", directive):
            for word in split_words(line.value)[:1]:
                name, colon, other = word.text.partition(":")
                if directive == "ImportCredential":
                    yield name
                    if colon:
                        yield f"{other}*"
                else:
                    yield name


def _gives(pattern: str, name: str) -> bool:
    """Of a directory that is loaded, each file is a credential of its own: ``id_file``."""
    return "%" in pattern or name == pattern or name.startswith(f"{pattern}_") or fnmatchcase(name, pattern)
