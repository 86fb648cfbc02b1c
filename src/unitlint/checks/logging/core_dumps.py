"""UL806 and UL807: how large core dumps get, and settings of coredump.conf that do nothing (coredump.conf(5))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_lasting, restarts
from unitlint.checks.service import own_limit
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import INFINITY, size
from unitlint.units.unit import Unit

ENDLESS = ("infinity", "unlimited")
FILES = ("Compress", "ExternalSizeMax", "MaxUse", "KeepFree")
WITHOUT = {"none": (*FILES, "JournalSizeMax"), "journal": FILES, "external": ("JournalSizeMax",)}
"""What each Storage= leaves without effect (coredump.c: save_external_coredump, submit_coredump)."""


def unlimited(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL806: in a service that is restarted, so that one fault makes many dumps."""
    line = unit.last("Service", "LimitCORE")
    if line is None or line.value not in ENDLESS or not is_lasting(unit, context) or not restarts(unit):
        return
    limit = own_limit(unit)
    bound = None if limit is None else size(limit.value)
    if limit is None or bound is None or bound == INFINITY:
        yield Hit(line, {"size": "all the memory of the service"})
    else:
        related: tuple[tuple[Place, str], ...] = ((limit, "this is all that bounds a dump"),)
        yield Hit(line, {"size": f"up to {limit.value}"}, related)


def without_effect(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL807: limits for a place where no dump is kept, and a place in which none fits."""
    storage = unit.last("Coredump", "Storage")
    kind = "external" if storage is None else storage.value
    related: tuple[tuple[Place, str], ...] = () if storage is None else ((storage, "because of this line"),)
    for name in WITHOUT.get(kind, ()):
        line = unit.last("Coredump", name)
        if line is not None:
            yield Hit(
                line, {"problem": f"does nothing, because dumps are kept by Storage={kind}"}, related, on_name=True
            )
    largest = {"external": "ExternalSizeMax", "journal": "JournalSizeMax"}.get(kind)
    line = None if largest is None else unit.last("Coredump", largest)
    if line is not None and size(line.value) == 0:
        yield Hit(line, {"problem": f"keeps every dump out, so that Storage={kind} keeps none"}, related)
