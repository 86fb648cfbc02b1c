"""Faults that people reported in public, each as a small tree with the fault and one without (../shared/field)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from unitlint.api import check_paths
from unitlint.base.finding import Finding

CASES = Path(__file__).parents[3] / "shared" / "field" / "cases.json"
PROGRAMS = ("/bin/", "/sbin/")
Codes = dict[tuple[str, int], set[str]]


def cases() -> list[Any]:
    """One parameter a case; a single skipped one where the cases are not there."""
    if not CASES.is_file():
        return [pytest.param({}, marks=pytest.mark.skip("no ../shared/field beside the repository"), id="absent")]
    return [pytest.param(case, id=case["name"]) for case in json.loads(CASES.read_text())]


def found_in(files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, root: bool) -> list[Finding]:
    """The findings in a tree of these files."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if any(folder in f"/{name}" for folder in PROGRAMS):
            path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    settings: dict[str, Any] = {"root": "."} if root else {}
    report = check_paths(["."], respect_gitignore=False, **settings)
    assert not report.errors
    return list(report.findings)


def codes_at(findings: list[Finding]) -> Codes:
    """The codes by place, related places included."""
    codes: Codes = {}
    for finding in findings:
        for place in (finding, *finding.related):
            codes.setdefault((os.path.normpath(place.path), place.line), set()).add(finding.code)
    return codes


@pytest.mark.parametrize("case", cases())
def test_the_fault_is_found_and_the_sound_tree_is_calm(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = found_in(case["good"], tmp_path / "good", monkeypatch, root=case["root"])
    calm = {(os.path.normpath(path), line) for path, lines in case.get("calm", ()) for line in lines}
    loud = [finding for finding in good if finding.severity != "info"]
    assert [finding for finding in loud if (os.path.normpath(finding.path), finding.line) in calm] == []

    anyway = set[str]().union(*codes_at(good).values())
    bad = codes_at(found_in(case["bad"], tmp_path / "bad", monkeypatch, root=case["root"]))
    for path, lines in case["want"]:
        at = set[str]().union(*(bad.get((os.path.normpath(path), line), set()) for line in lines))
        assert at - anyway, f"nothing at {path}, lines {lines}"
