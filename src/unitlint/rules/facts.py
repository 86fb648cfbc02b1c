"""What conditions may ask of the unit itself, beside its directives."""

from __future__ import annotations

from collections.abc import Callable

from unitlint.base.records import NamedTuple
from unitlint.rules.model import Context
from unitlint.syntax.document import Assignment
from unitlint.units.service import other_user, type_and_line
from unitlint.units.unit import Unit

TEXT_WORDS = ("equals", "other-than", "in", "glob", "matches")
NUMBER_WORDS = ("less-than", "at-most", "at-least", "greater-than")


class FactValue(NamedTuple):
    """What a fact is of one unit: the text, and the line that decides it, if there is one.

    ``text`` is None where it cannot be known, and empty where there is nothing of the kind.
    """

    text: str | None
    line: Assignment | None = None


class Fact(NamedTuple):
    """A fact: what it means, for the docs, and the words that may be asked of it."""

    meaning: str
    find: Callable[[Unit, Context], FactValue]
    words: tuple[str, ...] = TEXT_WORDS


def _user(unit: Unit, _context: Context) -> FactValue:
    """The user of a service: that of User= or of DynamicUser=, or root."""
    line = other_user(unit)
    if line is not None:
        return FactValue(line.value if line.directive == "User" else "(dynamic)", line)
    return FactValue("root" if unit.scope == "system" and unit.has_fragment else None)


def _service_type(unit: Unit, context: Context) -> FactValue:
    text, line = type_and_line(unit, context.release)
    return FactValue(text if line is not None or unit.has_fragment else None, line)


FACTS: dict[str, Fact] = {
    "unit-name": Fact("the unit's name: `web.service`", lambda unit, _: FactValue(unit.name)),
    "unit-type": Fact("its type: `service`", lambda unit, _: FactValue(unit.type)),
    "unit-scope": Fact("its manager: `system` or `user`", lambda unit, _: FactValue(unit.scope)),
    "unit-fragment": Fact(
        "`{set: true}`: its unit file is among the checked files, not only drop-ins",
        lambda unit, _: FactValue(unit.path if unit.has_fragment else ""),
        ("set",),
    ),
    "service-type": Fact(
        "the `Type=` of a service, or what systemd uses if it is not set: `simple`, `exec`, `oneshot` or `dbus`",
        _service_type,
    ),
    "runs-as": Fact("the user of a service in the system manager; `root` where no line names another", _user),
    "release": Fact(
        "the systemd release that is checked for: `257`",
        lambda _, context: FactValue(str(context.release)),
        NUMBER_WORDS,
    ),
}
"""By the name that stands in a condition."""
