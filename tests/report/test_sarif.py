"""SARIF as the official schema of 2.1.0 wants it, by the object model that its authors generate from the schema.

The model knows every property of every object, and which of them are required; the values with a fixed choice are
checked here.
"""

from __future__ import annotations

import json
from pathlib import Path
from re import search
from typing import Any

import sarif_om

import unitlint
from unitlint.engine import baseline
from unitlint.report.formats import render

MODEL = {
    "": sarif_om.SarifLog, "runs": sarif_om.Run, "tool": sarif_om.Tool, "driver": sarif_om.ToolComponent,
    "rules": sarif_om.ReportingDescriptor, "shortDescription": sarif_om.MultiformatMessageString,
    "fullDescription": sarif_om.MultiformatMessageString, "help": sarif_om.MultiformatMessageString,
    "defaultConfiguration": sarif_om.ReportingConfiguration, "invocations": sarif_om.Invocation,
    "toolExecutionNotifications": sarif_om.Notification, "results": sarif_om.Result, "message": sarif_om.Message,
    "locations": sarif_om.Location, "relatedLocations": sarif_om.Location, "region": sarif_om.Region,
    "physicalLocation": sarif_om.PhysicalLocation, "artifactLocation": sarif_om.ArtifactLocation,
    "fixes": sarif_om.Fix, "description": sarif_om.Message, "artifactChanges": sarif_om.ArtifactChange,
    "replacements": sarif_om.Replacement, "deletedRegion": sarif_om.Region,
    "insertedContent": sarif_om.ArtifactContent, "suppressions": sarif_om.Suppression,
}  # fmt: skip
FREE = ("partialFingerprints", "properties")
CHOICES = {"level": {"note", "warning", "error"}, "kind": {"inSource", "external"}, "columnKind": {"unicodeCodePoints"}}

UNITS = {
    "web.service": "[Service]\nExecStart=/bin/web\n# unitlint: ignore[UL103] the vendor's, reported\nNice=loud\n"
    "MemroyMax=1G\nCPUWeight=much\nRestart=on-fail\n",
    "web.socket": "[Socket]\nListenStream=/run/a\nStartLimitIntervalSec=5\n[Unit]\nDescription=“é”\n",
}


def run_of(folder: Path) -> dict[str, Any]:
    for name, text in UNITS.items():
        (folder / name).write_text(text, encoding="utf-8")
    report = unitlint.check_paths([folder], select=["UL101", "UL102", "UL103", "UL703"])
    known = report._replace(findings=tuple(one for one in report.findings if one.directive == "CPUWeight"))
    baseline.write(known, str(folder / "base.json"))
    marks = baseline.read(str(folder / "base.json"))
    document = json.loads(render(baseline.without_known(report, marks, str(folder / "base.json")), "sarif"))
    follow("", document)
    (run,) = document["runs"]
    return run  # type: ignore[no-any-return]


def follow(name: str, value: Any) -> Any:
    """Makes the model's object of everything below; the model raises TypeError for what the schema does not have."""
    if isinstance(value, list):
        return [follow(name, one) for one in value]
    if not isinstance(value, dict) or name in FREE:
        assert value in CHOICES.get(name, [value])
        return value
    kind = MODEL[name]
    properties = {one.metadata["schema_property_name"]: one.name for one in kind.__attrs_attrs__}
    unknown = value.keys() - properties.keys()
    assert not unknown, f"{kind.__name__} has no {sorted(unknown)}"
    return kind(**{properties[key]: follow(key, one) for key, one in value.items()})


def test_every_object_is_one_of_the_schema(tmp_path: Path) -> None:
    assert len(run_of(tmp_path)["results"]) >= 4


def test_fixes_say_which_region_becomes_what(tmp_path: Path) -> None:
    fixed = {one["ruleId"]: one["fixes"][0] for one in run_of(tmp_path)["results"] if "fixes" in one}
    (change,) = fixed["UL101"]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 10},
            "insertedContent": {"text": "MemoryMax"},
        }
    ]
    moved, added = fixed["UL102"]["artifactChanges"][0]["replacements"]
    assert moved["deletedRegion"] == {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 1}
    assert added["deletedRegion"] == {"startLine": 6, "startColumn": 1, "endLine": 6, "endColumn": 1}
    assert added["insertedContent"]["text"] == "StartLimitIntervalSec=5\n"


def test_suppressed_findings_say_by_what(tmp_path: Path) -> None:
    """Those who show results hide these, and keep what they know of them."""
    results = run_of(tmp_path)["results"]
    by = {search(r"(\w+)=", one["message"]["text"])[1]: one["suppressions"] for one in results}
    assert by["Nice"] == [{"kind": "inSource", "justification": "the vendor's, reported"}]
    assert by["CPUWeight"] == [{"kind": "external"}]
    assert by["Restart"] == []
