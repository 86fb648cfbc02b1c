"""UL707: the service beside a socket is a template where a plain one is started, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import neighbour, stem_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.places import header_place
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only where the other form stands in the same tree: a missing service may come from elsewhere."""
    stem = stem_of(unit.name)
    if not unit.has_fragment or unit.masked or "@" in stem or unit.last("Socket", "Service") is not None:
        return
    accept = unit.last("Socket", "Accept")
    yes = accept is not None and boolean(accept.value) is True
    plain, template = f"{stem}.service", f"{stem}@.service"
    wanted, there = (template, plain) if yes else (plain, template)
    other = neighbour(unit, there, context)
    if other is None or wanted in context.units or f"{stem}_at.service" in context.units:
        return  # some packagers keep the template under that name, as "@" is awkward to them
    at = accept or header_place(unit, "Socket")
    head = header_place(other, "Unit")
    related: tuple[tuple[Place, str], ...] = () if head is None else ((head, "the service that is there"),)
    if at is not None:
        yield Hit(at, {"accept": "yes" if yes else "no", "wanted": wanted, "there": there}, related)
