"""What systemd would say of a value that is not written yet."""

from __future__ import annotations

from unitlint.catalogue import known, lookup, parser_of
from unitlint.values.problem import ValueContext
from unitlint.values.table import check_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context
    from unitlint.units.unit import Unit
    from unitlint.values.problem import ValueProblem


def problems_with(
    unit: Unit, section: str, directive: str, value: str, context: Context
) -> tuple[ValueProblem, ...] | None:
    """The objections to ``directive=value`` in a section of the unit; None where the release does not know it there."""
    entry = lookup(unit.catalogue_kind, section, directive)
    if entry is None or not known(entry, context.release):
        return None
    asked = ValueContext(context.release, section, directive, entry, unit.scope == "user", unit.name)
    return check_value(parser_of(entry, context.release) or "", value, asked)


def is_assigned(unit: Unit, section: str, directive: str) -> bool:
    """True where any file of the unit assigns the directive, so that another line of it may mean something else."""
    return (section, directive) in unit.assignments
