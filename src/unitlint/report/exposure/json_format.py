"""The form for programs, version 1: other tools depend on its keys."""

from __future__ import annotations

from unitlint.base.json_text import json_of
from unitlint.security.policy import NO_POLICY, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from unitlint.security.policy import Policy
    from unitlint.security.score import Assessment, Exposure

VERSION = 1


def render(exposures: Sequence[Exposure], policy: Policy = NO_POLICY) -> str:
    """``{"version": 1, "services": [{"path", "unit", "exposure", "rating", "assessments": […]}]}``.

    An assessment takes a line.  Most are alike from service to service, so that each text is made once.
    """
    known: dict[tuple[object, ...], str] = {}
    services = []
    for one in exposures:
        head = {
            "path": one.unit.path,
            "unit": one.unit.name,
            "scope": one.unit.scope,
            "systemd-version": one.release,
            "exposure": one.value,
            "rating": one.rating,
            "drop-ins": [document.path for document in one.unit.documents[1:]],
        }
        rows = []
        for assessment in one.assessments:
            key = (assessment.kind, assessment.weight, assessment.badness, assessment.exposure)
            text = known.get(key)
            if text is None:
                text = known[key] = json_of(assessment_object(assessment, policy))[:-1]
            cause = assessment.cause
            place = f'"path": {json_of(cause.path)}, "line": {cause.line}' if cause else '"path": null, "line": null'
            rows.append(f"{text}, {place}}}")
        services.append(f'{json_of(head)[:-1]}, "assessments": [\n    ' + ",\n    ".join(rows) + "\n  ]}")
    listed = "[\n  " + ",\n  ".join(services) + "\n]" if services else "[]"
    return f'{{"version": {VERSION}, "services": {listed}}}\n'


def assessment_object(assessment: Assessment, policy: Policy = NO_POLICY) -> dict[str, Any]:
    """One assessment without its place; ``set`` is null where it does not apply, as systemd has it."""
    kind, badness = assessment.kind, assessment.badness
    return {
        "name": kind.id,
        "json_field": kind.field,
        "set": None if badness is None else not badness,
        "badness": badness,
        "range": assessment.range,
        "weight": assessment.weight,
        "exposure": assessment.exposure / 10 if badness else None,
        "description": sentence(assessment, policy),
    }
