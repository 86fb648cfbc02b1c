"""action.yml, the problem matcher and the Dockerfile: what CI services read of this repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tools.site.console import blocks
from unitlint.api import check_paths, check_text
from unitlint.engine.dispatch import RULE_PAGES
from unitlint.report import concise


@pytest.fixture
def action(repository: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(repository / "action.yml")
    return found


def test_the_action_has_what_github_asks_for(action: dict[str, Any]) -> None:
    assert {"name", "description", "inputs", "runs"} <= action.keys()
    assert action["runs"]["using"] == "composite"
    assert set(action["inputs"]) == {"paths", "args", "version"}
    assert all({"description", "default"} <= one.keys() for one in action["inputs"].values())
    assert all({"name", "shell", "run"} <= step.keys() for step in action["runs"]["steps"])


def test_inputs_of_the_action_never_become_a_part_of_a_script(action: dict[str, Any]) -> None:
    used = set()
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        used |= set(re.findall(r"\$\{\{ (.*?) \}\}", " ".join(step["env"].values())))
        assert all(f"${name}" in step["run"] or f"${{{name}" in step["run"] for name in step["env"])
    assert used == {"github.action_path", "inputs.version", "inputs.args", "inputs.paths"}


@pytest.mark.parametrize("page", ["README.md", "docs/ci.md"])
def test_the_docs_use_it_as_it_is(page: str, action: dict[str, Any], repository: Path) -> None:
    shown = [
        block.body for block in blocks((repository / page).read_text(encoding="utf-8")) if "unitlint@" in block.body
    ]
    steps = [loaded for body in shown if isinstance(loaded := YAML(typ="safe").load(body), list)]
    (step,) = [step for loaded in steps for step in loaded if "unitlint@" in step.get("uses", "")]
    assert step["with"].keys() <= action["inputs"].keys()


@pytest.fixture
def matcher(repository: Path) -> dict[str, Any]:
    text = (repository / ".github" / "unitlint-matcher.json").read_text(encoding="utf-8")
    (found,) = json.loads(text)["problemMatcher"]
    return dict(found)


def matched(matcher: dict[str, Any], line: str) -> dict[str, str] | None:
    """The fields that GitHub takes from a line of a log."""
    (pattern,) = matcher["pattern"]
    found = re.search(pattern["regexp"], line)
    return found and {name: found[group] for name, group in pattern.items() if isinstance(group, int)}


def test_the_matcher_takes_every_finding_and_nothing_else(
    matcher: dict[str, Any], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    report = check_paths("examples")
    lines = concise.render(report).splitlines()
    found = [fields for line in lines if (fields := matched(matcher, line))]
    assert len(found) == len(report.findings) > 20
    for fields, finding in zip(found, report.findings, strict=True):
        assert fields == {
            "file": finding.path, "line": str(finding.line), "column": str(finding.column),
            "severity": finding.severity, "code": finding.code, "message": finding.message,
        }  # fmt: skip


def test_the_matcher_takes_odd_names_and_values(matcher: dict[str, Any]) -> None:
    (finding, *_) = check_text(
        "[Service]\nExecStart=/bin/true\nNice=a: 1:2: UL9 b\n", "a@b:1.service", select=["UL103", "UL104"]
    )
    fields = matched(matcher, concise.render(check_report(finding)).splitlines()[0])
    assert fields is not None
    assert (fields["file"], fields["line"], fields["message"]) == ("a@b:1.service", "3", finding.message)


def check_report(finding: Any) -> Any:
    from unitlint.engine.report import Report

    return Report((finding,), 1, 1)


def instructions(repository: Path) -> list[tuple[str, str]]:
    lines = (repository / "Dockerfile").read_text(encoding="utf-8").splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line and not line.startswith("#")]


def test_the_image_is_well_formed(repository: Path) -> None:
    given = instructions(repository)
    known = {"FROM", "COPY", "RUN", "ENV", "WORKDIR", "USER", "ENTRYPOINT", "CMD"}
    assert {word for word, _ in given} == known
    stages = [rest for word, rest in given if word == "FROM"]
    assert given[0] == ("FROM", stages[0])
    assert re.fullmatch(r"python:3\.1\d-slim AS build", stages[0])
    assert stages[1:] == [stages[0].removesuffix(" AS build")]
    values = dict(given)
    assert values["COPY"].startswith("--from=build ")
    assert json.loads(values["ENTRYPOINT"]) == ["unitlint"]
    assert json.loads(values["CMD"]) == ["check"]
    assert values["USER"] == "65534:65534"


def test_the_image_is_made_by_the_commands_of_the_readme(repository: Path) -> None:
    """Which test_wheel.py runs."""
    (run,) = [rest for word, rest in instructions(repository) if word == "RUN"]
    first = next(one for one in blocks((repository / "README.md").read_text(encoding="utf-8")) if "venv" in one.body)
    ours = run.replace("/opt/unitlint", ".venv").replace("--no-cache-dir ", "").replace("/src", ".")
    assert first.body.startswith(f"$ {ours} && ")


def test_what_the_build_needs_is_in_the_image(repository: Path) -> None:
    kept = {line[1:] for line in (repository / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert kept == {"src", "rules", "tools", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE"}
    assert all((repository / name).exists() for name in kept)


def test_the_site_is_built_where_findings_lead(repository: Path) -> None:
    given = YAML(typ="safe").load(repository / ".readthedocs.yaml")
    assert (repository / given["mkdocs"]["configuration"]).is_file()
    (install,) = given["python"]["install"]
    project = (repository / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f"\n{extra} = [" in project for extra in install["extra_requirements"])
    assert RULE_PAGES.startswith(YAML(typ="rt").load(repository / "mkdocs.yml")["site_url"])
