"""packaging/: each file is read as its tool reads it, and the command in it is run as that tool would run it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import unitlint
from tools.site.console import blocks
from unitlint.base.version import __version__
from unitlint.catalogue import QUADLET_TYPES, UNIT_TYPES

BAD = "[Service]\nExecStart=/usr/bin/web\nMemorMax=1G\n"
CLEAN = "[Unit]\nDescription=Nightly\n[Timer]\nOnCalendar=daily\nUnit=web.service\n[Install]\nWantedBy=timers.target\n"
FORBIDDEN = ("notes.txt", "a.conf", "nginx.conf", "service", "service.md", "web.service.bak")


@pytest.fixture
def packaging(repository: Path) -> Path:
    return repository / "packaging"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a faulty and a sound unit, and with the commands that an installation brings."""
    folder = tmp_path / "bin"
    folder.mkdir()
    source = Path(unitlint.__file__).parents[1]
    for name, text in (
        ("unitlint", f'PYTHONPATH="{source}" exec "{sys.executable}" -m unitlint "$@"'),
        ("pip", 'echo "$@" >> pip.log'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    work = tmp_path / "work"
    work.mkdir()
    (work / "web.service").write_text(BAD)
    (work / "nightly.timer").write_text(CLEAN)
    monkeypatch.chdir(work)
    return work


def load(path: Path) -> list[Any]:
    """The documents of a YAML file."""
    return list(YAML(typ="safe", pure=True).load_all(path.read_text(encoding="utf-8")))


def run(command: list[str] | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, shell=isinstance(command, str), capture_output=True, text=True, check=False)


def test_every_file_is_on_the_page(packaging: Path, repository: Path) -> None:
    page = (repository / "docs" / "other-tools.md").read_text(encoding="utf-8")
    files = {str(file.relative_to(packaging)) for file in packaging.rglob("*") if file.is_file()} - {"README.md"}
    assert all(name in page or name.partition("/templates")[0] in page for name in files)
    named = set(re.findall(r"packaging/([\w./-]+)", page))
    assert all((packaging / name).exists() for name in named), named


def test_all_pin_the_version_there_is(packaging: Path, repository: Path) -> None:
    files = list(packaging.rglob("*.y*ml"))
    pinned = {
        version
        for file in [*files, repository / "docs" / "other-tools.md"]
        for version in re.findall(r"(?:==|@|version: |default: |/v|`)(\d+\.\d+\.\d+)", file.read_text(encoding="utf-8"))
    }
    assert pinned == {__version__}


def test_mason(packaging: Path, repository: Path) -> None:
    (entry,) = load(packaging / "mason" / "package.yaml")
    assert entry.keys() == {"name", "description", "homepage", "licenses", "languages", "categories", "source", "bin"}
    assert entry["source"] == {"id": f"pkg:pypi/unitlint@{__version__}"}
    assert set(entry["categories"]) <= {"Linter", "LSP", "Formatter", "DAP", "Runtime", "Compiler"}
    (command,) = entry["bin"]
    assert entry["bin"][command] == "pypi:unitlint"
    assert f'\n{command} = "unitlint.__main__:entry"' in (repository / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture
def descriptor(packaging: Path) -> dict[str, Any]:
    """MegaLinter takes plugins from such a path only (plugin_factory.py: load_plugin)."""
    path = packaging / "mega-linter-plugin-unitlint" / "unitlint.megalinter-descriptor.yml"
    (found,) = load(path)
    assert "/mega-linter-plugin-" in str(path)
    return dict(found)


MEGALINTER_KEYS: dict[type, set[str]] = {
    str: {"descriptor_id", "descriptor_label", "descriptor_type", "linter_name", "linter_text", "linter_url",
          "linter_repo", "linter_spdx_license", "linter_rules_url", "linter_rules_configuration_url",
          "config_file_name", "cli_config_arg_name", "cli_lint_mode", "cli_lint_fix_arg_name", "cli_help_arg_name",
          "cli_version_arg_name", "version_extract_regex", "cli_lint_errors_count", "cli_lint_errors_regex"},
    list: {"file_extensions", "file_names_regex", "linters", "cli_lint_extra_args", "cli_sarif_args", "examples",
           "dockerfile"},
    bool: {"can_output_sarif"},
    dict: {"install"},
}  # fmt: skip
"""The types of keys in megalinter-descriptor.jsonschema.json of MegaLinter 9, which allows no others."""


def test_megalinter_knows_the_keys(descriptor: dict[str, Any]) -> None:
    """Its schema is in no package: these are the facts of it that concern the file."""
    (linter,) = descriptor["linters"]
    for node in (descriptor, linter, linter["install"]):
        for key, value in node.items():
            assert key in MEGALINTER_KEYS[type(value)], key
            assert not isinstance(value, list) or value == [item for item in value if isinstance(item, (str, dict))]
    assert descriptor.keys() >= {"descriptor_id", "descriptor_type", "linters"}
    assert linter.keys() >= {"linter_name", "linter_url", "examples"}
    assert linter["cli_lint_mode"] in ("file", "list_of_files", "project")
    assert linter["cli_lint_errors_count"] in ("regex_number", "regex_count", "regex_sum", "total_lines", "sarif")


def test_megalinter_takes_the_files(descriptor: dict[str, Any]) -> None:
    def is_taken(name: str) -> bool:
        by_name = any(re.fullmatch(pattern, name) for pattern in descriptor["file_names_regex"])
        return by_name or os.path.splitext(name)[1] in descriptor["file_extensions"]

    assert all(is_taken(f"web.{kind}") for kind in (*UNIT_TYPES, *QUADLET_TYPES))
    assert all(map(is_taken, ("override.conf", "10-limits.conf", "journald.conf", "web.service.j2", "a@.timer.in")))
    assert not any(map(is_taken, FORBIDDEN))


def test_megalinter_runs_it(descriptor: dict[str, Any], project: Path) -> None:
    """The command is put together as in Linter.build_lint_command: extra arguments, the fix, SARIF, files."""
    assert descriptor["descriptor_type"] in ("language", "format", "tooling_format", "other")
    (linter,) = descriptor["linters"]
    start = [linter["linter_name"], *linter["cli_lint_extra_args"]]
    done = run([*start, "web.service", "nightly.timer"])
    assert done.returncode == 1
    found = re.search(linter["cli_lint_errors_regex"], done.stdout)
    assert found is not None
    assert int(found[1]) > 0
    sarif = [word.replace("{{SARIF_OUTPUT_FILE}}", "out.sarif") for word in linter["cli_sarif_args"]]
    assert run([*start, *sarif, "web.service"]).returncode == 1
    assert json.loads((project / "out.sarif").read_text())["runs"][0]["results"]
    (project / "unitlint.toml").write_text("ignore = ['ALL']\n")
    assert run([*start, linter["cli_config_arg_name"], linter["config_file_name"], "web.service"]).returncode == 0
    (project / "notes.conf").write_text("listen 80\n")
    assert run([*start, "notes.conf"]).returncode == 0, "what is another program's is passed over"
    assert run([*start, linter["cli_lint_fix_arg_name"], "--isolated", "web.service"]).returncode in (0, 1)
    assert "MemoryMax=1G" in (project / "web.service").read_text()
    version = run([linter["linter_name"], linter["cli_version_arg_name"]])
    assert re.search(linter["version_extract_regex"], version.stdout)
    assert run([linter["linter_name"], linter["cli_help_arg_name"]]).returncode == 0
    assert all(line.startswith("RUN ") for line in linter["install"]["dockerfile"])
    assert "SYSTEMD_UNITLINT" in f"{descriptor['descriptor_id']}_{linter['linter_name']}".upper()


@pytest.mark.usefixtures("project")
def test_trunk(packaging: Path) -> None:
    (plugin,) = load(packaging / "trunk" / "plugin.yaml")
    (kind,) = plugin["lint"]["files"]

    def is_taken(path: str) -> bool:
        by_name = any(re.search(pattern, path) for pattern in kind["regexes"])
        return by_name or os.path.splitext(path)[1].removeprefix(".") in kind["extensions"]

    assert all(is_taken(f"deploy/web.{kind}") for kind in (*UNIT_TYPES, *QUADLET_TYPES))
    wanted = (
        "a/web.service.d/x.conf",
        "service.d/x.conf",
        "etc/systemd/journald.conf",
        "journald.conf.d/a.conf",
        "a.timer.j2",
    )
    assert all(map(is_taken, wanted))
    assert not any(map(is_taken, (*FORBIDDEN, "conf.d/a.conf", "nginx.d/x.conf")))
    (definition,) = plugin["lint"]["definitions"]
    assert definition["files"] == [kind["name"]]
    (command,) = definition["commands"]
    for target, status in (("web.service nightly.timer", 1), ("nightly.timer", 0)):
        done = run(command["run"].replace("${target}", target))
        assert done.returncode == status
        assert status in command["success_codes"]
        assert bool(json.loads(done.stdout)["runs"][0]["results"]) == bool(status)
    assert 2 not in command["success_codes"]
    version = run(definition["version_command"]["run"]).stdout
    assert re.fullmatch(definition["version_command"]["parse_regex"].replace("${semver}", r"[\d.]+"), version.strip())


def interpolated(text: str, inputs: dict[str, str]) -> str:
    """As GitLab puts inputs in place; one that is not declared is an error."""
    return re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: inputs[found[1]], text)


@pytest.fixture
def component(packaging: Path) -> tuple[dict[str, str], str]:
    """The inputs' defaults, and the text of the job."""
    text = (packaging / "gitlab-component" / "templates" / "unitlint.yml").read_text(encoding="utf-8")
    head, _, body = text.partition("\n---\n")
    inputs = YAML(typ="safe", pure=True).load(head)["spec"]["inputs"]
    assert all(about.keys() == {"default", "description"} for about in inputs.values())
    return {name: str(about["default"]) for name, about in inputs.items()}, body


def test_the_gitlab_component_runs(component: tuple[dict[str, str], str], project: Path) -> None:
    defaults, body = component
    assert set(re.findall(r"inputs\.(\w+)", body)) == set(defaults)
    for given, status in (
        ({}, 1),
        ({"paths": "nightly.timer"}, 0),
        ({"args": "--fail-on never"}, 0),
        ({"paths": "a"}, 2),
    ):
        (job,) = YAML(typ="safe", pure=True).load(interpolated(body, {**defaults, **given})).values()
        for name, value in job["variables"].items():
            os.environ[name] = value
        try:
            done = run("set -e\n" + "\n".join(job["script"]))
        finally:
            for name in job["variables"]:
                del os.environ[name]
        assert done.returncode == status, done.stdout + done.stderr
        assert (project / "pip.log").read_text().splitlines()[-1] == f"install --quiet unitlint=={__version__}"
        if status == 1:
            issues = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text())
            assert {issue["location"]["path"] for issue in issues} == {"web.service"}
            assert "web.service:3:1" in done.stdout


@pytest.mark.parametrize("words", ["$(touch hacked)", "; touch hacked", "`touch hacked`", "* ; touch hacked"])
def test_inputs_of_the_component_are_no_commands(
    component: tuple[dict[str, str], str], project: Path, words: str
) -> None:
    defaults, body = component
    job = YAML(typ="safe", pure=True).load(interpolated(body, {**defaults, "paths": words, "args": words}))["unitlint"]
    done = subprocess.run(
        ["sh", "-c", "\n".join(job["script"])], env={**os.environ, **job["variables"]}, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert not (project / "hacked").exists()


def test_the_page_names_the_inputs_of_the_component(component: tuple[dict[str, str], str], repository: Path) -> None:
    page = (repository / "docs" / "other-tools.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|", page, re.MULTILINE)
    assert {name: default.strip(" `") for name, default in rows} == component[0]
    (included,) = [block for block in blocks(page) if "component:" in block.body]
    ((entry,),) = YAML(typ="safe", pure=True).load(included.body).values()
    assert entry["inputs"].keys() <= component[0].keys()


def schemas() -> Iterator[tuple[str, str]]:
    yield "vendor.gitlab-ci", "packaging/gitlab-component/templates/unitlint.yml"
    yield "vendor.github-actions", "action.yml"


@pytest.mark.skipif(
    find_spec("check_jsonschema") is None, reason="check-jsonschema is not installed; `tox -e install` has it"
)
@pytest.mark.parametrize(("schema", "file"), list(schemas()))
def test_schemas(
    schema: str, file: str, component: tuple[dict[str, str], str], repository: Path, tmp_path: Path
) -> None:
    """The published schemas, as check-jsonschema brings them."""
    text = (repository / file).read_text(encoding="utf-8")
    if "$[[" in text:
        text = interpolated(component[1], component[0])
    (tmp_path / "file.yml").write_text(text)
    done = run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "file.yml")])
    assert done.returncode == 0, done.stdout + done.stderr
