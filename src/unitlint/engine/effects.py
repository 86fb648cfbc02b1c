"""What effect findings have in the end: systemd says nothing of what it never comes to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from unitlint.base.finding import Related
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding


def as_read(findings: Iterable[Finding], unit: Unit, about_lines: frozenset[str]) -> list[Finding]:
    """The findings of one unit, with no effect where systemd had stopped reading before.

    A line that refuses ends the reading of its file. In the fragment it also keeps systemd from the drop-ins; in a
    drop-in only the rest of that file is lost and the unit loads (load-fragment.c: unit_load_fragment,
    load-dropin.c: unit_load_dropin). The file of a scope is not read at all (scope.c: scope_load), nor are the drop-ins
    of a masked unit.
    """
    found = list(findings)
    is_read = unit.type != "scope" and not unit.masked
    if is_read and not any(finding.effect == "refused" for finding in found):
        return found
    stops = _stops(found, about_lines)
    fragment = unit.documents[0].path if unit.has_fragment and unit.documents else None
    found = _said_once(found, stops) if unit.reads_on else found
    return [_weighed(finding, unit, stops, fragment, about_lines) if finding.effect else finding for finding in found]


NOTE = "systemd stops reading here; what follows is checked as if this line were right"


def _said_once(findings: list[Finding], stops: Mapping[str, int]) -> list[Finding]:
    """The findings, with a note on the first one of each file that refuses the unit, if others come behind it."""
    last = {finding.path: finding.line for finding in sorted(findings, key=_line)}
    told: set[str] = set()
    noted = []
    for finding in findings:
        path, line = finding.path, finding.line
        if finding.effect == "refused" and line == stops.get(path) and path not in told and last[path] > line:
            told.add(path)
            note = Related(path, line, finding.column, NOTE)
            noted.append(finding._replace(related=(*finding.related, note)))
        else:
            noted.append(finding)
    return noted


def _line(finding: Finding) -> int:
    return finding.line


def _stops(findings: Iterable[Finding], about_lines: frozenset[str]) -> dict[str, int]:
    """The first line of each file at which systemd stops."""
    stops: dict[str, int] = {}
    for finding in findings:
        if finding.effect == "refused" and finding.code in about_lines:
            stops[finding.path] = min(finding.line, stops.get(finding.path, finding.line))
    return stops


def _weighed(
    finding: Finding, unit: Unit, stops: dict[str, int], fragment: str | None, about_lines: frozenset[str]
) -> Finding:
    if unit.type == "scope" and finding.path == fragment:
        return finding._replace(effect=None)
    if unit.masked and finding.path != fragment:
        return finding._replace(effect=None)
    if finding.code not in about_lines or unit.type == "conf":
        return finding._replace(effect=None) if unit.reads_on and fragment in stops else finding
    if finding.path != fragment and fragment in stops:
        return finding._replace(effect=None)
    if finding.line > stops.get(finding.path, finding.line):
        return finding._replace(effect=None)
    if finding.effect == "refused" and finding.path != fragment:
        return finding._replace(effect="ignored")
    return finding
