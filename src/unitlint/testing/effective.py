"""What is in effect, compared as systemd compares: ``2G`` is ``2147483648``, ``yes`` is ``true``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from unitlint.testing.calls import told_at_the_call

if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

Value = str | int | float | bool | os.PathLike[str]
Expected = Value | Collection[Value] | None


@told_at_the_call
def assert_effective(
    unit: Unit | str | os.PathLike[str], directive: str, expected: Expected, *, systemd_version: int | None = None
) -> None:
    """Fails where ``directive`` (``"Service.MemoryMax"``) has another value after all drop-ins and resets.

    Values compare by the directive's type: sizes, times, booleans, numbers.  None means that it is not set.  A list
    is compared with all that is in effect, either an assignment each or a word each: ``["a.service", "b.service"]``;
    of a set the order does not matter.  ``unit`` is a Unit, or the path of its file.
    Raises UnitlintError for a path that is no unit's, and for a directive that no release has in that section.
    """
    from unitlint.api import load_unit
    from unitlint.catalogue import NEWEST

    if isinstance(unit, (str, os.PathLike)):
        unit = load_unit(unit, systemd_version=systemd_version or NEWEST)
    section, name = _split(unit, directive)
    if not _holds(unit, section, name, expected):
        raise AssertionError(_difference(unit, section, name, expected))


def same(section: str, name: str, left: str, right: str, kind: str = "unit") -> bool:
    """True where two texts are the same value of a directive."""
    from unitlint.values.typed import comparable

    values = comparable(section, name, left, kind), comparable(section, name, right, kind)
    return left == right or (values[0] is not None and values[0] == values[1])


def _split(unit: Unit, directive: str) -> tuple[str, str]:
    from unitlint.base.errors import UnitlintError
    from unitlint.base.likeness import did_you_mean
    from unitlint.catalogue import directives_of, lookup, sections_of

    section, dot, name = directive.partition(".")
    kind = unit.catalogue_kind
    if not dot:
        raise UnitlintError(f"`{directive}` names no section", hint="for instance Service.MemoryMax")
    sections = sections_of(unit.type if kind == "unit" else kind)
    if section not in sections:
        hint = did_you_mean(section, sections) or f"its sections: {', '.join(sorted(sections))}"
        raise UnitlintError(f"systemd reads no [{section}] in {unit.name}", hint=hint)
    if lookup(kind, section, name) is None:
        raise UnitlintError(
            f"there is no {name}= in [{section}]", hint=did_you_mean(name, directives_of(kind, section))
        )
    return section, name


def _holds(unit: Unit, section: str, name: str, expected: Expected) -> bool:
    from unitlint.units.merge import is_list

    values = [line.value for line in unit.all(section, name)]
    if expected is None or not values:
        return not values and (expected is None or _wanted(expected) == [])
    kind = unit.catalogue_kind
    wanted = _wanted(expected)
    if _is_scalar(expected):
        if same(section, name, values[-1], wanted[0], kind):
            return len(values) == 1 or not is_list(kind, section, name)
        return _words(values) == _words(wanted)
    forms = (values, _words(values))
    if isinstance(expected, (set, frozenset)):
        return any(Counter(form) == Counter(wanted) for form in forms)
    return any(
        len(form) == len(wanted)
        and all(same(section, name, one, other, kind) for one, other in zip(form, wanted, strict=True))
        for form in forms
    )


def _is_scalar(expected: Expected) -> bool:
    return isinstance(expected, (str, int, float, os.PathLike))


def _wanted(expected: Expected) -> list[str]:
    """What is expected, as systemd would have it written."""
    if expected is None:
        return []
    values = [expected] if isinstance(expected, (str, int, float, os.PathLike)) else list(expected)
    return [_text(one) for one in values]


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def _words(values: list[str]) -> list[str]:
    from unitlint.values.words import split_words

    return [word.text for value in values for word in split_words(value)]


def _difference(unit: Unit, section: str, name: str, expected: Expected) -> str:
    """What was wanted, and every assignment with its place: what is in effect, and what is overridden or reset."""
    from unitlint.report.show import fates_of

    wanted = _wanted(expected)
    lines = [f"[{section}] {name}= of {unit.name} is not what was expected"]
    lines += [f"- {name}={text}" for text in wanted] or [f"- {name}= is not set"]
    effective = unit.all(section, name)
    lines += [f"+ {_shown(line)}" for line in effective] or [f"+ {name}= is not set"]
    fates = fates_of(unit)
    for line in unit.assignments.get((section, name), ()):
        if not any(line is one for one in effective):
            lines.append(f"  {_shown(line)}: {fates.get(id(line), 'overridden')}")
    if effective and wanted and not _is_scalar(expected):
        lines += _missing_and_more(wanted, [line.value for line in effective])
    return "\n".join(lines)


def _missing_and_more(wanted: list[str], values: list[str]) -> list[str]:
    """Of two lists, word by word, what the other one has not."""
    there, asked = Counter(_words(values)), Counter(_words(wanted))
    parts = {"missing": asked - there, "not expected": there - asked}
    told = [f"{what}: {' '.join(words.elements())}" for what, words in parts.items() if words]
    return told or ["only the order differs; a set has none"]


def _shown(line: Assignment) -> str:
    return f"{line.directive}={line.value}  ({line.path}:{line.line})"
