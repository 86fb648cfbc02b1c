"""What the load-time conditions share: when systemd judges them, and of which values.

systemd judges a unit as a whole after it has read all of it (unit.c: unit_load), and only of the values that
it took (Unit.last, Unit.all); those that it ignored are as if they were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from unitlint.rules.model import Context, Hit, Place, line_place
from unitlint.syntax.document import Assignment
from unitlint.units.judged import is_loaded
from unitlint.units.unit import Unit

LoadCondition = Callable[[Unit, Context], Iterator[Hit]]


def load_condition(predicate: LoadCondition) -> LoadCondition:
    """The predicate, asked only of units that systemd reads to the end without refusing them."""

    @wraps(predicate)
    def check(unit: Unit, context: Context) -> Iterator[Hit]:
        hits = list(predicate(unit, context))
        return iter(hits if hits and is_loaded(unit, context.release) else ())

    return check


def given(unit: Unit, section: str, *directives: str) -> Assignment | None:
    """The last assignment of any of the directives, empty or not, in the order of reading."""
    order = {id(document): number for number, document in enumerate(unit.documents)}
    found = [one for directive in directives for one in unit.assignments.get((section, directive), ())]
    return max(found, key=lambda one: (order[id(one.document)], one.line), default=None)


def section_place(unit: Unit, section: str) -> Place:
    """Where a finding about what is missing stands: the section's header, else the first header or line."""
    for document in unit.documents:
        for header in document.headers:
            if header.name == section:
                return line_place(document, header.line)
    first = unit.documents[0]
    return line_place(first, first.headers[0].line if first.headers else 1)
