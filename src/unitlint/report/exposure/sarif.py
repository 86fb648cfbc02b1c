"""SARIF 2.1.0: a result a service, at the line of its [Service] section, with the lines that cost most."""

from __future__ import annotations

from unitlint.base.json_text import json_of
from unitlint.base.version import __version__
from unitlint.engine.dispatch import url_of
from unitlint.report.sarif import SCHEMA
from unitlint.security.policy import NO_POLICY, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from unitlint.rules.model import Rule
    from unitlint.security.policy import Policy
    from unitlint.security.score import Assessment, Exposure

RELATED = 10


def render(exposures: Sequence[Exposure], policy: Policy = NO_POLICY, threshold: int | None = None) -> str:
    """What code hosts show beside the unit files; services above ``threshold`` (tenths) are warnings, others notes."""
    rule = _rule()
    described = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": "How much of systemd's sandbox a service leaves open"},
        "helpUri": url_of(rule),
        "defaultConfiguration": {"level": "note"},
    }
    driver = {
        "name": "unitlint",
        "version": __version__,
        "informationUri": "https://unitlint.readthedocs.io",
        "rules": [described],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(exposure, rule.code, policy, threshold) for exposure in exposures],
    }
    return json_of({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule() -> Rule:
    """The rule about the exposure as a whole."""
    from unitlint.rules.rule_set import load_rules

    return next(rule for rule in load_rules() if rule.reports == "exposure")


def _result(one: Exposure, code: str, policy: Policy, threshold: int | None) -> dict[str, Any]:
    document = one.unit.documents[0]
    line = next((header.line for header in document.headers if header.name == "Service"), 1)
    costly = sorted((row for row in one.assessments if row.exposure), key=lambda row: -row.exposure)
    above = threshold is not None and one.tenths > threshold
    first = ", ".join(row.kind.id for row in costly[:3])
    message = f"{one.unit.name} is exposed {one.value} of 10 ({one.rating})"
    return {
        "ruleId": code,
        "ruleIndex": 0,
        "level": "warning" if above else "note",
        "kind": "fail" if above or threshold is None else "pass",
        "message": {"text": f"{message}; what costs most: {first}" if first else message},
        "locations": [_location(document.path, line)],
        "relatedLocations": [
            {**_location(row.cause.path, row.cause.line), "message": {"text": _costs(row, policy)}}
            for row in [row for row in costly if row.cause is not None][:RELATED]
            if row.cause is not None
        ],
        "partialFingerprints": {"service/v1": f"{one.unit.scope}/{one.unit.name}"},
        "properties": {
            "exposure": one.value,
            "rating": one.rating,
            "systemd-version": one.release,
            "costs": {row.kind.field: row.exposure / 10 for row in costly},
        },
    }


def _costs(row: Assessment, policy: Policy) -> str:
    return f"{row.kind.id} costs {row.exposure / 10}: {sentence(row, policy)}"


def _location(path: str, line: int) -> dict[str, Any]:
    from urllib.parse import quote

    uri = quote(path.removeprefix("./"), errors="surrogateescape")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
