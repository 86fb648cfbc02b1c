"""Links to units and in their folders, which systemd takes for something else than they look like."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.files.names import alias_fault
from unitlint.rules.model import Context, Hit, line_place
from unitlint.units.unit import Unit
from unitlint.values.unit_name import is_unit_name


def dependency_link(unit: Unit, _context: Context) -> Iterator[Hit]:
    """What stands in ``x.service.wants`` and the like that is no link, or leads elsewhere than its name says."""
    for link in unit.odd_links:
        if not link.directive:
            continue
        if not link.target:
            what = "not a link, so systemd ignores it"
        elif not is_unit_name(link.name):
            what = f"a link whose name `{link.name}` is not the name of a unit, so systemd ignores it"
        else:
            what = f"a link to {link.target}, but systemd goes by its name: the unit needs {link.name}"
        yield Hit(line_place(link.document, 1), {"what": what, "unit": unit.name, "directive": link.directive})


def rejected_alias(unit: Unit, context: Context) -> Iterator[Hit]:
    """A link to a unit file that systemd does not take for another name of the unit."""
    for link in unit.odd_links:
        if not link.directive and context.release >= REJECTS_ALOUD_SINCE:
            fault = alias_fault(link.name, unit.name)
            yield Hit(line_place(link.document, 1), {"name": link.name, "unit": unit.name, "fault": fault})


REJECTS_ALOUD_SINCE = 243
"""Before, nothing is said unless somebody asks for the name."""
