"""UL490: a service that leaves more of systemd's sandbox open than its owners allow."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.finding import Span
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit

NAMED = 3


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """By the arithmetic of ``systemd-analyze security``; nothing is computed until a threshold is set."""
    threshold = float(context.options["threshold"])
    if threshold >= 10 or not unit.has_fragment or unit.masked:
        return
    from unitlint.security.score import expose

    found = expose(unit, context.release)
    if found.value <= threshold:
        return
    costly = sorted((one for one in found.assessments if one.exposure), key=lambda one: -one.exposure)
    lines = {one.cause: f"{one.kind.id} costs {one.exposure / 10}" for one in reversed(costly) if one.cause is not None}
    yield Hit(
        _header(unit),
        {
            "exposure": found.value,
            "rating": found.rating,
            "threshold": threshold,
            "costliest": ", ".join(one.kind.id for one in costly[:NAMED]),
        },
        related=tuple(list(lines.items())[: -NAMED - 1 : -1]),
    )


def _header(unit: Unit) -> Place:
    document = unit.documents[0]
    line = next((one.line for one in document.headers if one.name == "Service"), 0)
    return document, document.line_span(line) if line else Span(1, 1, 1, 1)
