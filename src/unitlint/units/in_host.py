"""One unit out of a file that holds units among other things: ``playbook.yml``, or ``playbook.yml/web.service``."""

from __future__ import annotations

import os
from collections.abc import Iterator

from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Span
from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.files.classify import is_host
from unitlint.files.host_spans import span_in_host
from unitlint.files.hosts import sources_in
from unitlint.files.layout import group
from unitlint.units.load import load
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source, UnitFiles


def host_of(path: str) -> str | None:
    """The file in which the unit stands that goes by this path; None where it stands in no other file."""
    above = path
    while above and above != os.path.dirname(above):
        if is_host(above) and os.path.isfile(above):
            return above
        above = os.path.dirname(above)
    return None


def unit_in_file(host: str, path: str, release: int) -> Unit:
    """The unit in the file ``host`` that ``path`` means: by its path on the machine, by its name, or as the only one.

    Raises UnitlintError where it is none or not clear which.
    """
    units = list(group(_sources(host), adopt=False))
    wanted = os.path.relpath(path, host)
    found = [
        files for files in units if wanted in (".", files.name) or (files.fragment and files.fragment.path == path)
    ]
    if not units:
        raise UnitlintError("no unit stands in this file", host)
    if not found:
        raise UnitlintError(f"no such unit in {host}: {wanted}", hint=f"there are {_names(units)}")
    if len(found) > 1:
        hint = f"name one of them, as in {os.path.join(host, found[0].name)}"
        raise UnitlintError(f"several units stand in {host}: {_names(found)}", hint=hint)
    return load(found[0], release)


def with_lines_of_host(unit: Unit, host: str) -> None:
    """Has the assignments of a unit know the lines in the file that holds it, for those who show them."""
    places = {source.path: source.host for source in _sources(host)}
    for document in unit.documents:
        place = places.get(document.path)
        if place is None:
            continue
        document.path = host
        for assignment in document.assignments:
            assignment.line = span_in_host(Span(assignment.line, 1, assignment.line, 1), place).line


def _names(units: list[UnitFiles]) -> str:
    return ", ".join(dict.fromkeys(files.name for files in units))


def _sources(host: str) -> Iterator[Source]:
    try:
        data = read_bytes(host)
    except CannotReadError as obstacle:
        raise UnitlintError(str(obstacle), host) from None
    for source in sources_in(host, data):
        if source.kind == "skip" and "is not checked" not in source.note:
            raise UnitlintError(source.note, host)
        if source.kind not in ("host", "skip"):
            yield source
