"""UL010: a comment behind a value, which systemd takes for a part of the value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

FREE_TEXT = frozenset(("Description", "Documentation", "Environment", "PassEnvironment", "SyslogIdentifier", "Alias"))
_ALONE = re.compile(r"[ \t]#(?=[ \t#])")
_BEFORE_A_WORD = re.compile(r"[ \t]#(?=[ \t#A-Za-z])")


def trailing_comment_in_value(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A ``#`` outside quotes with a blank before it; in a command it must stand alone, as ``#fff`` may be meant."""
    for (_, directive), assignments in unit.assignments.items():
        if directive in FREE_TEXT:
            continue
        for assignment in assignments:
            if "#" not in assignment.value:
                continue
            pattern = _ALONE if directive.startswith("Exec") else _BEFORE_A_WORD
            found = pattern.search(assignment.value)
            if found is not None and not _in_quotes(assignment.value, found.start()):
                yield Hit(
                    assignment,
                    {"comment": assignment.value[found.start() + 1 :]},
                    span=(found.start() + 1, len(assignment.value)),
                )


def _in_quotes(text: str, at: int) -> bool:
    quote = ""
    for number, char in enumerate(text[:at]):
        if quote:
            if char == quote and text[number - 1] != "\\":
                quote = ""
        elif char in "'\"":
            quote = char
    return bool(quote)
