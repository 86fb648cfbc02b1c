"""UL210: one of the two USB function files without the other (service.c: service_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import last, load_condition
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

PAIR = ("USBFunctionDescriptors", "USBFunctionStrings")


@load_condition
def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the lone one."""
    found = [last(unit, "Service", directive, context) for directive in PAIR]
    for one, other, missing in ((found[0], found[1], PAIR[1]), (found[1], found[0], PAIR[0])):
        if one is not None and other is None:
            yield Hit(one, {"missing": missing})
