"""One self-contained page: a chart, a table that sorts and filters, and below each service what its settings cost."""

from __future__ import annotations

import os
from html import escape

from unitlint.base.foreign_text import safe
from unitlint.base.json_text import json_of
from unitlint.base.version import __version__
from unitlint.report.exposure.text import style_of
from unitlint.report.summary import counted
from unitlint.security.policy import NO_POLICY, sentence
from unitlint.security.score import LEVELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from unitlint.security.policy import Policy
    from unitlint.security.score import Assessment, Exposure

_PARTS = os.path.join(os.path.dirname(__file__), "page")
_CLASSES = {"error": "bad", "warning": "fair", "help": "good"}
HEIGHT, STEP = 120, 36


def render(exposures: Sequence[Exposure], policy: Policy = NO_POLICY, threshold: int | None = None) -> str:
    """The page; it loads nothing, and without scripts the overview is still there. ``threshold`` is in tenths."""
    ordered = sorted(exposures, key=lambda one: (-one.tenths, one.unit.name))
    ratings = [word for _, word in LEVELS if any(one.rating == word for one in ordered)]
    parts = {
        "count": counted(len(ordered), "service"),
        "release": ", ".join(sorted({str(one.release) for one in ordered})) or "-",
        "version": __version__,
        "chart": chart(ordered, threshold),
        "ratings": "".join(f"<option>{word}</option>" for word in ratings),
        "rows": "\n".join(_row(number, one) for number, one in enumerate(ordered)),
        "data": _data(ordered, policy),
        "style": _part("style.css"),
        "script": _part("script.js"),
    }
    # Piece by piece: what stands in a unit is never taken for a place to fill.
    pieces = _part("page.html").split("@")
    return "".join(parts.get(piece, f"@{piece}@") if at % 2 else piece for at, piece in enumerate(pieces)) + "\n"


def _part(name: str) -> str:
    with open(os.path.join(_PARTS, name), encoding="utf-8") as file:
        return file.read().rstrip("\n")


def chart(exposures: Sequence[Exposure], threshold: int | None = None) -> str:
    """How many services there are at each whole number, as an inline picture."""
    counts = [0] * 10
    for one in exposures:
        counts[min(one.tenths // 10, 9)] += 1
    most = max(1, *counts)
    told = ", ".join(f"{count} from {at} to {at + 1}" for at, count in enumerate(counts) if count) or "none"
    bars = ['<text class="title" x="0" y="-14">Number of services by exposure</text>']
    if threshold is not None:
        x = threshold * STEP // 10
        bars.append(f'<line class="threshold" x1="{x}" y1="-4" x2="{x}" y2="{HEIGHT + 16}"/>')
        place = f'x="{x - 6}" y="8" text-anchor="end"' if threshold > 50 else f'x="{x + 6}" y="8"'
        bars.append(f"<text {place}>threshold {threshold / 10}</text>")
    for at, count in enumerate(counts):
        height = -(-count * HEIGHT // most)
        x, y = at * STEP + 4, HEIGHT + 16 - height
        kind = _CLASSES[style_of(at * 10 + 5)]
        bars.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{STEP - 8}" height="{height}"/>')
        if count:
            bars.append(f'<text x="{x + (STEP - 8) // 2}" y="{y - 4}" text-anchor="middle">{count}</text>')
        bars.append(f'<text x="{at * STEP}" y="{HEIGHT + 32}" text-anchor="middle">{at}</text>')
    bars.append(f'<line x1="0" y1="{HEIGHT + 16}" x2="{10 * STEP}" y2="{HEIGHT + 16}"/>')
    middle = 5 * STEP
    bars.append(f'<text x="{middle}" y="{HEIGHT + 50}" text-anchor="middle">exposure (0 is best, 10 is worst)</text>')
    size = f"-8 -30 {10 * STEP + 24} {HEIGHT + 86}"
    end = f'<text x="{10 * STEP}" y="{HEIGHT + 32}" text-anchor="middle">10</text>'
    return f'<svg viewBox="{size}" role="img" aria-label="Services by exposure: {told}">{"".join(bars)}{end}</svg>'


def _row(number: int, one: Exposure) -> str:
    kind = _CLASSES[style_of(one.tenths)]
    bar = f'<span class="bar" aria-hidden="true"><span style="width: {one.tenths}%"></span></span>'
    return (
        f'<tr data-service="{number}"><td>{escape(safe(one.unit.name))}</td>'
        f'<td class="number {kind}">{one.value}{bar}</td><td class="{kind}">{one.rating}</td>'
        f'<td class="place">{_path(safe(one.unit.path))}</td></tr>'
    )


def _path(path: str) -> str:
    """A path that is broken behind its slashes only, where it is broken at all."""
    *parents, name = path.split("/")
    return "".join(f"<span>{escape(part)}</span>" for part in (*(f"{parent}/" for parent in parents), name))


def _failures_first(assessment: Assessment) -> tuple[bool, bool]:
    """What adds to the exposure, then what does not, then what does not apply; within each the heaviest first."""
    return assessment.badness is None, not assessment.badness


def _data(exposures: Sequence[Exposure], policy: Policy) -> str:
    """What the script lays out: every name and sentence once, and numbers that point to them."""
    kinds: dict[str, int] = {}
    sentences: dict[str, int] = {}
    told: dict[tuple[object, ...], int] = {}
    services: list[dict[str, Any]] = []
    for one in exposures:
        documents = [document.path for document in one.unit.documents]
        rows = []
        for row in sorted(one.assessments, key=_failures_first):
            key = (row.kind, row.badness)
            if key not in told:
                told[key] = sentences.setdefault(sentence(row, policy), len(sentences))
            kind = kinds.setdefault(row.kind.id, len(kinds))
            place = (0, 0) if row.cause is None else (documents.index(row.cause.path), row.cause.line)
            rows.append((kind, row.badness, row.exposure, told[key], *place))
        services.append(
            {
                "unit": safe(one.unit.name),
                "path": safe(one.unit.path),
                "exposure": one.value,
                "rating": one.rating,
                "documents": [safe(path) for path in documents],
                "assessments": rows,
            }
        )
    whole = {"kinds": list(kinds), "sentences": list(sentences), "services": services}
    # Nothing in it may end the element that holds it.
    return json_of(whole, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
