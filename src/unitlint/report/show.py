"""`unitlint show`: a unit after all its drop-ins."""

from __future__ import annotations

from unitlint.report.text import BOLD, DIM, STRUCK, harmless, paint
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit


def render_unit(unit: Unit, *, color: bool = False) -> str:
    """Section by section, every assignment with its file and line; what no longer counts is struck out."""
    lines = [paint(f"# {harmless(unit.name)}", BOLD, on=color)]
    lines += [paint(f"# {number}. {harmless(document.path)}", DIM, on=color) for number, document in enumerate(unit.documents, 1)]
    if unit.masked:
        lines.append("# masked: systemd will not start it")
    sections: dict[str, list[tuple[Assignment, bool]]] = {}
    for (section, directive), assigned in unit.assignments.items():
        alive = set(map(id, unit.effective.get((section, directive), ())))
        sections.setdefault(section, []).extend((one, id(one) in alive) for one in assigned)
    for section, assignments in sections.items():
        lines += ["", paint(f"[{harmless(section)}]", BOLD, on=color)]
        lines += [_line(one, alive=alive, color=color) for one, alive in assignments]
    return "\n".join(lines) + "\n"


def _line(assignment: Assignment, *, alive: bool, color: bool) -> str:
    text = harmless(f"{assignment.directive}={assignment.value}")
    place = paint(f"# {harmless(assignment.path)}:{assignment.line}", DIM, on=color)
    if alive:
        return f"{text}  {place}"
    if not assignment.value:
        return f"{paint(text, DIM, on=color)}  {place} (resets)"
    return f"{paint(text, STRUCK + DIM, on=color)}  {place} (overridden)"
