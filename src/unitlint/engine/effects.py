"""What effect findings have in the end: systemd says nothing of what it never comes to read."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding


def as_read(findings: Iterable[Finding], unit: Unit, about_lines: frozenset[str]) -> list[Finding]:
    """The findings of one unit, with no effect where systemd had stopped reading before.

    A line that refuses ends the reading of its file. In the fragment it also keeps systemd from the drop-ins; in a
    drop-in only the rest of that file is lost and the unit loads (load-fragment.c: unit_load_fragment,
    load-dropin.c: unit_load_dropin). The file of a scope is not read at all (scope.c: scope_load).
    """
    found = list(findings)
    if unit.type != "scope" and not any(one.effect == "refused" for one in found):
        return found
    stops = _stops(found, about_lines)
    fragment = unit.documents[0].path if unit.has_fragment and unit.documents else None
    return [_weighed(one, unit, stops, fragment, about_lines) if one.effect else one for one in found]


def _stops(findings: Iterable[Finding], about_lines: frozenset[str]) -> dict[str, int]:
    """The first line of each file at which systemd stops."""
    stops: dict[str, int] = {}
    for one in findings:
        if one.effect == "refused" and one.code in about_lines:
            stops[one.path] = min(one.line, stops.get(one.path, one.line))
    return stops


def _weighed(
    one: Finding, unit: Unit, stops: dict[str, int], fragment: str | None, about_lines: frozenset[str]
) -> Finding:
    if unit.type == "scope" and one.path == fragment:
        return one._replace(effect=None)
    if one.code not in about_lines or unit.type == "conf":
        return one
    if one.path != fragment and fragment in stops:
        return one._replace(effect=None)
    if one.line > stops.get(one.path, one.line):
        return one._replace(effect=None)
    if one.effect == "refused" and one.path != fragment:
        return one._replace(effect="ignored")
    return one
