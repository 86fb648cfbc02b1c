"""What is in effect, compared as systemd compares: ``2G`` is ``2147483648``, ``yes`` is ``true``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

Value = str | int | bool | None


def assert_effective(
    unit: Unit | str | os.PathLike[str], directive: str, expected: Value | Sequence[str], *, systemd_version: int = 0
) -> None:
    """Fails where ``directive`` (``"Service.MemoryMax"``) has another value after all drop-ins and resets.

    Values compare by the directive's type: sizes, times, booleans, numbers.  None means that it is not set.  A list
    is compared with all that is in effect, either an assignment each or a word each: ``["a.service", "b.service"]``.
    ``unit`` is a Unit, or the path of its file.  Raises UnitlintError for a path that is no unit's, and for a
    directive that no release has in that section.
    """
    __tracebackhide__ = True
    from unitlint.api import load_unit
    from unitlint.catalogue import NEWEST

    if isinstance(unit, (str, os.PathLike)):
        unit = load_unit(unit, systemd_version=systemd_version or NEWEST)
    section, name = _split(unit, directive)
    lines = unit.all(section, name)
    if not _holds(unit, section, name, lines, expected):
        raise AssertionError(_difference(unit, section, name, expected))


def _split(unit: Unit, directive: str) -> tuple[str, str]:
    from unitlint.catalogue import directives_of, lookup
    from unitlint.errors import UnitlintError, did_you_mean

    section, dot, name = directive.partition(".")
    kind = _kind(unit)
    if not dot:
        raise UnitlintError(f"`{directive}` names no section", hint="for instance Service.MemoryMax")
    if lookup(kind, section, name) is None:
        raise UnitlintError(
            f"there is no {name}= in [{section}]", hint=did_you_mean(name, directives_of(kind, section))
        )
    return section, name


def _holds(unit: Unit, section: str, name: str, lines: tuple[Assignment, ...], expected: Value | Sequence[str]) -> bool:
    if expected is None:
        return not lines
    if not isinstance(expected, (str, int)):
        values = [line.value for line in lines]
        return list(expected) in (values, [word for value in values for word in value.split()])
    text = _text(expected)
    if not lines:
        return False
    return same(section, name, lines[-1].value, text, _kind(unit)) or " ".join(line.value for line in lines) == text


def same(section: str, name: str, left: str, right: str, kind: str = "unit") -> bool:
    """True where two texts are the same value of a directive."""
    from unitlint.rules.typed import comparable

    values = comparable(section, name, left, kind), comparable(section, name, right, kind)
    return left == right or (values[0] is not None and values[0] == values[1])


def _text(value: str | int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _kind(unit: Unit) -> str:
    return unit.name if unit.type == "conf" else "unit"


def _difference(unit: Unit, section: str, name: str, expected: Value | Sequence[str]) -> str:
    """What was wanted, and every assignment with its place: what is in effect, and what is overridden or reset."""
    wanted = [] if expected is None else [_text(expected)] if isinstance(expected, (str, int)) else list(expected)
    lines = [f"[{section}] {name}= of {unit.name} is not what was expected"]
    lines += [f"- {name}={text}" for text in wanted] or [f"- {name}= is not set"]
    effective = {id(line) for line in unit.all(section, name)}
    assigned = unit.assignments.get((section, name), ())
    lines += [f"+ {_shown(line)}" for line in assigned if id(line) in effective]
    lines += [f"  {_shown(line)}: overridden" for line in assigned if id(line) not in effective]
    if not effective:
        lines.append(f"+ {name}= is not set")
    return "\n".join(lines)


def _shown(line: Assignment) -> str:
    return f"{line.directive}={line.value}  ({line.path}:{line.line})"
