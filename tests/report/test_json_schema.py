"""The form for programs fits its schema, and its fixes are what `--fix` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from unitlint.cli.parser import main


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["check", "--isolated", *arguments])
    return capsys.readouterr().out


@pytest.fixture
def schema(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(capsys, "--json-schema"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_reports_fit(schema: dict[str, Any], capsys: pytest.CaptureFixture[str], repository: Path) -> None:
    examples = str(repository / "examples")
    whole = json.loads(printed(capsys, examples, "--profile", "strict", "--output-format", "json"))
    assert len(whole["findings"]) > 50
    jsonschema.validate(whole, schema)
    for line in printed(capsys, examples, "--output-format", "json-lines").splitlines():
        jsonschema.validate(json.loads(line), {"$ref": "#/$defs/finding", "$defs": schema["$defs"]})


@pytest.mark.parametrize("change", [{"version": 2}, {"findings": [{}]}, {"more": 1}])
def test_what_does_not_fit(
    schema: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path, change: dict[str, Any]
) -> None:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/usr/bin/a\n")
    whole = json.loads(printed(capsys, str(tmp_path), "--output-format", "json"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**whole, **change}, schema)


def test_the_edits_make_what_fix_makes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    unit = tmp_path / "app.service"
    unit.write_text("[Service]\nExecStrt=/usr/bin/app ä\nRestart=onfailure\n")
    findings = json.loads(printed(capsys, str(unit), "--output-format", "json"))["findings"]
    edits = [edit for finding in findings if finding["fix"] for edit in finding["fix"]["edits"]]
    assert {finding["fix"]["applicability"] for finding in findings if finding["fix"]} == {"safe"}
    lines = unit.read_text().splitlines(keepends=True)
    for edit in sorted(edits, key=lambda edit: (edit["line"], edit["column"]), reverse=True):
        assert edit["line"] == edit["end_line"]
        line = lines[edit["line"] - 1]
        lines[edit["line"] - 1] = line[: edit["column"] - 1] + edit["new"] + line[edit["end_column"] - 1 :]
    printed(capsys, str(unit), "--fix")
    assert "".join(lines) == unit.read_text()


def test_help_and_why_there_is_no_fix(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "app.service").write_text("[Service]\nExecStart=/usr/bin/app\nCapabilityBoundingSet=CAP_NET_ADMN\n")
    findings = json.loads(printed(capsys, str(tmp_path), "--select", "UL430", "--output-format", "json"))["findings"]
    (found,) = findings
    assert found["help"].startswith("did you mean `CAP_NET_ADMIN`?")
    assert (found["fix"], found["fixable"]) == (None, False)
    assert found["why_unfixable"].startswith("the suggestion is a guess")
