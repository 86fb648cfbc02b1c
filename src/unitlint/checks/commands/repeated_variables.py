"""UL565: variables that one file sets twice (systemd.exec(5), Environment=)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.service import variables_in
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.typed import parse_boolean

_NAME = late_pattern(r"[A-Za-z_]\w*")


def set_twice(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the assignment that is lost; what a drop-in overrides is as meant, and the same value again does no harm."""
    earlier: dict[tuple[int, str], tuple[Assignment, int, int, str]] = {}
    for line in unit.all("Service", "Environment"):
        for name, value, word in variables_in(line.value):
            if not _NAME.fullmatch(name):
                continue
            key = id(line.document), name
            lost = earlier.get(key)
            if lost is not None and not _are_alike(lost[3], value):
                yield Hit(lost[0], {"name": name, "line": line.line}, ((line, "sets it again"),), span=lost[1:3])
            earlier[key] = line, word.start, word.end, value


def _are_alike(first: str, second: str) -> bool:
    """Whether both say the same, as ``1`` and ``yes`` do."""
    return first == second or parse_boolean(first) is parse_boolean(second) is not None
