"""What the load-time conditions share: when systemd judges them, and of which values.

systemd judges a unit as a whole after it has read all of it (unit.c: unit_load), and only of the values that
it took; those that it ignored are as if they were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from unitlint.catalogue import lookup
from unitlint.rules.model import Context, Hit, Place, line_place
from unitlint.syntax.document import Assignment, Document
from unitlint.units.judged import judged
from unitlint.units.merge import is_list, resets
from unitlint.units.unit import Unit
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import expand
from unitlint.values.typed import parse_boolean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.problem import ValueProblem

LoadCondition = Callable[[Unit, Context], Iterator[Hit]]


def load_condition(predicate: LoadCondition) -> LoadCondition:
    """The predicate, asked only of units that systemd reads to the end without refusing them."""

    @wraps(predicate)
    def check(unit: Unit, context: Context) -> Iterator[Hit]:
        if not unit.has_fragment or unit.masked or unit.type == "scope" or unit.documents[0].refused:
            return
        hits = list(predicate(unit, context))
        if hits and stop_of(unit.documents[0], unit, context) is None:
            yield from hits

    return check


def problems_of(assignment: Assignment, unit: Unit, context: Context) -> tuple[ValueProblem, ...] | None:
    """What the value grammar says; None where the release does not know the directive in its section."""
    return judged(unit, context.release).problems.get(id(assignment), ())


def _about(assignment: Assignment, unit: Unit, context: Context) -> ValueContext:
    return ValueContext(
        context.release,
        assignment.section,
        assignment.directive,
        lookup("unit", assignment.section, assignment.directive) or {},
        user_manager=unit.scope == "user",
        unit_name=unit.name,
    )


def stop_of(document: Document, unit: Unit, context: Context) -> int | None:
    """The line of the first value at which systemd stops reading a file, if there is one.

    In the fragment such a value refuses the unit; of a drop-in only the rest is lost (load-dropin.c).
    """
    return judged(unit, context.release).stops.get(id(document))


def is_read(assignment: Assignment, unit: Unit, context: Context) -> bool:
    """False for what stands in a drop-in behind the value at which systemd stopped."""
    document = assignment.document
    if document is unit.documents[0]:
        return True
    stop = stop_of(document, unit, context)
    return stop is None or assignment.line < stop


def is_taken(assignment: Assignment, unit: Unit, context: Context) -> bool:
    """True where systemd does not ignore the assignment as a whole."""
    problems = problems_of(assignment, unit, context)
    if problems is None or not is_read(assignment, unit, context):
        return False
    if is_list("unit", assignment.section, assignment.directive):
        return _is_something_left(assignment.value, problems)
    return all(one.effect != "ignored" for one in problems)


def _is_something_left(value: str, problems: Iterable[ValueProblem]) -> bool:
    """True where there are words in a list beside those that are ignored."""
    left = list(value)
    for one in problems:
        if one.effect == "ignored":
            left[one.start : one.end] = " " * (one.end - one.start)
    return not problems or bool("".join(left).strip(" \t|!~-+@:"))


def every(unit: Unit, section: str, directive: str, context: Context) -> tuple[Assignment, ...]:
    """The assignments of a list that count at the end."""
    return tuple(one for one in unit.all(section, directive) if is_taken(one, unit, context))


def last(unit: Unit, section: str, directive: str, context: Context) -> Assignment | None:
    """The assignment that decides a one-value directive, if any: the last that systemd takes."""
    found: Assignment | None = None
    for one in unit.assignments.get((section, directive), ()):
        if not _is_empty(one, unit, context):
            found = one if is_taken(one, unit, context) else found
        elif resets("unit", section, directive):
            found = None
    return found


def _is_empty(assignment: Assignment, unit: Unit, context: Context) -> bool:
    """True also where specifiers alone are assigned that stand for nothing here, as %i outside of an instance."""
    if not assignment.value.startswith("%"):
        return not assignment.value
    about = _about(assignment, unit, context)
    return about.entry.get("specifiers") == "full" and expand(assignment.value, about) == ""


def value(unit: Unit, section: str, directive: str, context: Context) -> str:
    """The text of the deciding assignment; empty where it is unset."""
    found = last(unit, section, directive, context)
    return found.value if found is not None else ""


def is_on(unit: Unit, section: str, directive: str, context: Context) -> bool:
    """True where a boolean is set and true."""
    return parse_boolean(value(unit, section, directive, context)) is True


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
