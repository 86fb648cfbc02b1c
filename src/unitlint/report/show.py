"""A unit after all its drop-ins: what holds, what no longer does, and where each value stands."""

from __future__ import annotations

from unitlint.base.foreign_text import safe
from unitlint.catalogue import NEWEST
from unitlint.report.terminal import paint, width_of
from unitlint.units.judged import judged
from unitlint.units.merge import takes_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.syntax.document import Assignment, Document
    from unitlint.units.unit import Unit

WIDEST = 60
"""Values longer than this do not push the places of the others to the right."""


def render_unit(unit: Unit, release: int = NEWEST, *, color: bool = False) -> str:
    """The unit as text, grouped by section in the order in which systemd reads it."""
    return "".join(f"{line}\n" for line in _lines(unit, release, color))


def unit_object(unit: Unit, release: int) -> dict[str, Any]:
    """The unit as plain data: its files, and every assignment with what became of it (``effective`` or a fate)."""
    fates = _fates(unit, release)
    assignments = [one for found in _by_section(unit).values() for one in found]
    return {
        "name": unit.name,
        "aliases": list(unit.aliases),
        "masked": unit.masked,
        "files": [{"path": document.path, "refused": document.refused} for document in unit.documents],
        "assignments": [
            {
                "section": one.section,
                "directive": one.directive,
                "value": one.value,
                "path": one.path,
                "line": one.line,
                "state": fates.get(id(one), "effective"),
            }
            for one in assignments
        ],
    }


def _lines(unit: Unit, release: int, color: bool) -> Iterator[str]:  # noqa: FBT001
    yield paint(f"# {safe(unit.name)}", "bold", color)
    if unit.aliases:
        yield f"# also known as {safe(', '.join(unit.aliases))}"
    if unit.masked:
        yield "# masked: systemd will not start it"
    elif not unit.has_fragment:
        yield "# drop-ins only: the unit file is not among the files"
    # A unit and its drop-ins may be in one YAML file, which is named once.
    for place in dict.fromkeys(f"#   {safe(document.path)}{_remark(document, unit)}" for document in unit.documents):
        yield paint(place, "dim", color)
    fates = _fates(unit, release)
    for section, assignments in _by_section(unit).items():
        yield ""
        yield paint(f"[{safe(section)}]", "bold", color)
        column = _place_column(assignments)
        for assignment in assignments:
            yield _line(assignment, column, color, fates.get(id(assignment), ""))


def _remark(document: Document, unit: Unit) -> str:
    if document.refused:
        return "   (systemd stops reading at a mistake)"
    if not document.text and (document is not unit.documents[0] or not unit.has_fragment):
        return "   (empty: hides files of this name in other directories)"
    return ""


def _fates(unit: Unit, release: int) -> dict[int, str]:
    """Those of :func:`fates_of`, and what systemd never comes to read."""
    from unitlint.engine.targets import backports_of

    found = fates_of(unit)
    backports = backports_of(release)
    for (section, directive), lines in unit.ignored.items() if backports else ():
        for line in lines:
            if not backports.isdisjoint((f"{section}.{directive}", f"{section}.{directive}={line.value}")):
                found.pop(id(line), None)
    for document in unit.documents:
        stop = judged(unit, release).stops.get(id(document))
        if stop is not None:  # systemd reads no further (conf-parser.c: config_parse)
            found.update((id(one), "never read") for one in document.assignments if one.line > stop)
    return found


def fates_of(unit: Unit) -> dict[int, str]:
    """What became of each assignment, by its identity; nothing of those that take effect."""
    kind = unit.catalogue_kind
    holding = {id(one) for found in unit.effective.values() for one in found}
    ignored = {id(one) for found in unit.ignored.values() for one in found}
    fates = {
        **dict.fromkeys((id(one) for one in unit.links), "link"),
        **dict.fromkeys((id(one) for one in unit.generated), "generated"),
    }
    for (section, directive), found in unit.assignments.items():
        for one in found:
            if id(one) in ignored:
                fates[id(one)] = "ignored"
            elif not one.value:
                fates[id(one)] = "reset" if takes_back(kind, section, directive) else "ignored"
            elif id(one) not in holding:
                fates[id(one)] = "overridden"
    return fates


def _by_section(unit: Unit) -> dict[str, list[Assignment]]:
    """Every assignment in reading order, those of one directive together."""
    sections: dict[str, dict[str, list[Assignment]]] = {}
    for document in unit.documents:
        for one in document.assignments:
            sections.setdefault(one.section, {}).setdefault(one.directive, []).append(one)
    for one in (*unit.links, *unit.generated):
        sections.setdefault(one.section, {}).setdefault(one.directive, []).append(one)
    return {name: [one for found in directives.values() for one in found] for name, directives in sections.items()}


def _place_column(assignments: list[Assignment]) -> int:
    widths = [width_of(_text(one)) for one in assignments]
    return max((width for width in widths if width <= WIDEST), default=0)


def _line(assignment: Assignment, column: int, color: bool, fate: str) -> str:  # noqa: FBT001
    text = _text(assignment)
    padding = " " * max(column - width_of(text), 0)
    line = "" if fate == "link" else f":{assignment.line}"
    place = paint(f"# {safe(assignment.path)}{line}", "dim", color)
    style = {"reset": "dim", "ignored": "struck", "overridden": "struck", "never read": "struck"}.get(fate)
    shown = paint(text, style, color) if style else text
    mark = f" ({fate})" if fate and not (color and fate == "overridden") else ""
    return f"{shown}{padding}  {place}{mark}"


def _text(assignment: Assignment) -> str:
    return safe(f"{assignment.directive}={assignment.value}")
