"""A unit after all its drop-ins: what holds, what no longer does, and where each value stands."""

from __future__ import annotations

from unitlint.report.terminal import paint, safe, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

WIDEST = 60
"""Values longer than this do not push the places of the others to the right."""


def render_unit(unit: Unit, color: bool = False) -> str:  # noqa: FBT001, FBT002  # named by every caller
    """The unit as text, grouped by section in the order in which systemd reads it."""
    return "".join(f"{line}\n" for line in _lines(unit, color))


def _lines(unit: Unit, color: bool) -> Iterator[str]:  # noqa: FBT001
    yield paint(f"# {safe(unit.name)}", "bold", color)
    if unit.masked:
        yield "# masked: systemd will not start it"
    for document in unit.documents:
        refused = "   (systemd stops reading at a mistake)" if document.refused else ""
        yield paint(f"#   {safe(document.path)}{refused}", "dim", color)
    sections = _by_section(unit)
    holding = {id(one) for found in unit.effective.values() for one in found}
    for section, assignments in sections.items():
        yield ""
        yield paint(f"[{safe(section)}]", "bold", color)
        column = _place_column(assignments)
        for assignment in assignments:
            yield _line(assignment, column, color, holds=id(assignment) in holding)


def _by_section(unit: Unit) -> dict[str, list[Assignment]]:
    """Every assignment in reading order, those of one directive together."""
    sections: dict[str, dict[str, list[Assignment]]] = {}
    for document in unit.documents:
        for one in document.assignments:
            sections.setdefault(one.section, {}).setdefault(one.directive, []).append(one)
    return {name: [one for found in directives.values() for one in found] for name, directives in sections.items()}


def _place_column(assignments: list[Assignment]) -> int:
    widths = [width_of(_text(one)) for one in assignments]
    return max((width for width in widths if width <= WIDEST), default=0)


def _line(assignment: Assignment, column: int, color: bool, *, holds: bool) -> str:  # noqa: FBT001
    text = _text(assignment)
    padding = " " * max(column - width_of(text), 0)
    place = paint(f"# {safe(assignment.path)}:{assignment.line}", "dim", color)
    if holds:
        return f"{text}{padding}  {place}"
    if not assignment.value:
        return f"{paint(text, 'dim', color)}{padding}  {place} (reset)"
    mark = "" if color else " (overridden)"
    return f"{paint(text, 'struck', color)}{padding}  {place}{mark}"


def _text(assignment: Assignment) -> str:
    return safe(f"{assignment.directive}={assignment.value}")
