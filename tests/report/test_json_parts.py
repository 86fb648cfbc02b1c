"""Long JSON documents are made part by part, and are the same as those made at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from unitlint import Report, check_text
from unitlint.report import gitlab, json_format, json_lines, rdjson, sarif
from unitlint.report.json_parts import ITEMS, json_parts


@pytest.mark.parametrize("items", [[], [1], [{"a": [1, {"b": "x\ny"}]}, [], {}]])
def test_the_text_is_that_of_dumps(items: list[object]) -> None:
    document = {"a": 1, "b": [{"c": ITEMS, "d": "ü"}]}
    whole = {"a": 1, "b": [{"c": items, "d": "ü"}]}
    assert "".join(json_parts(document, items)) == json.dumps(whole, indent=2) + "\n"


@pytest.mark.parametrize("module", [json_format, sarif, json_lines, gitlab, rdjson])
def test_a_report_is_made_finding_by_finding(module: Any) -> None:
    (finding,) = check_text("[Service]\nTipe=x\n", select=["UL101"])
    report = Report((finding,) * 1000, 1, 1, sources={finding.path: "[Service]\nTipe=x\n"})
    parts = list(module.parts(report))
    assert len(parts) >= 1000
    assert max(map(len, parts)) < len(module.render(report)) / 20
    assert "".join(parts) == module.render(report)
