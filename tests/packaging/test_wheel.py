"""The wheel, as a person gets it: built, installed in a clean environment, and put to work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tools.site.console import blocks, commands

pytestmark = pytest.mark.filterwarnings("default")

UNIT = "[Service]\nExecStart=/bin/true\nFrobnicate=yes\n"


def run(*command: object, cwd: Path, status: int = 0) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, repository, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(repository: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs in a clean environment, as the README's first command makes it, from the wheel."""
    folder = tmp_path_factory.mktemp("clean")
    shutil.copytree(repository / "examples", folder / "examples")
    first = next(block for block in blocks((repository / "README.md").read_text("utf-8")) if "venv" in block.body)
    (command,) = commands(first)
    python, pip, check = command.text.split(" && ")
    assert python.startswith("python3 -m venv ")
    run(sys.executable, *python.split()[1:], cwd=folder)
    assert pip.endswith("pip install -q .")
    run(*pip.split()[:-1], wheel, cwd=folder)
    assert "Found" in run(*check.split(), cwd=folder, status=1)
    return folder / ".venv" / "bin"


def test_the_wheel_holds_the_rules_compiled_and_as_text(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"unitlint/_rules/compiled.marshal", "unitlint/py.typed", "unitlint/__main__.py"} <= names
    in_repository = {path.relative_to(repository / "rules") for path in (repository / "rules").rglob("rule.yaml")}
    assert in_repository
    assert {f"unitlint/_rules/{path.as_posix()}" for path in in_repository} <= names
    events = {path.relative_to(repository / "events") for path in (repository / "events").rglob("event.yaml")}
    assert {"unitlint/_events/compiled.marshal", *(f"unitlint/_events/{path.as_posix()}" for path in events)} <= names
    assert not [name for name in names if name.startswith(("tests/", "rules/", "events/", "src/"))]


def test_it_lints_in_a_clean_environment(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text(UNIT)
    command = (installed / "unitlint", "check", "--output-format", "json", "web.service")
    found = json.loads(run(*command, cwd=tmp_path, status=1))
    (unknown,) = [one for one in found["findings"] if one["effect"]]
    assert (unknown["path"], unknown["line"], unknown["directive"]) == ("web.service", 3, "Frobnicate")


def test_it_knows_the_same_rules_as_the_checkout(installed: Path, tmp_path: Path, repository: Path) -> None:
    listed = json.loads(run(installed / "unitlint", "rule", "--all", "--output-format", "json", cwd=tmp_path))
    assert len(listed["rules"]) == len(list((repository / "rules").rglob("rule.yaml")))


def test_it_knows_the_events_without_yaml_files(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("web.service: Main process exited, code=exited, status=203/EXEC\n")
    assert "[exec-failed]" in run(installed / "unitlint", "diagnose", "a.log", cwd=tmp_path, status=1)


def test_it_brings_its_manual_page_and_completions(installed: Path, tmp_path: Path) -> None:
    page = (installed.parent / "share" / "man" / "man1" / "unitlint.1").read_text(encoding="ascii")
    assert page.startswith(".TH UNITLINT 1")
    assert "complete" in run(installed / "unitlint", "completions", "bash", cwd=tmp_path)


def test_the_steps_of_the_action_install_and_check(wheel: Path, tmp_path: Path, repository: Path) -> None:
    steps = YAML(typ="safe").load(repository / "action.yml")["runs"]["steps"]
    (tmp_path / "my.service").write_text(UNIT)
    given = {"UNITLINT_SOURCE": str(wheel), "UNITLINT_ARGS": "--select UL101\n  -q", "UNITLINT_PATHS": "."}
    printed = ""
    for step, status in zip(steps, (0, 1), strict=True):
        names = {name: given.get(name, "") for name in step["env"]}
        words = [f"{name}={value}" for name, value in {**names, "RUNNER_TEMP": str(tmp_path / "temp")}.items()]
        printed = run("env", *words, "bash", "-eo", "pipefail", "-c", step["run"], cwd=tmp_path, status=status)
    group, command, end = printed.splitlines()
    assert (group, end) == ("::group::my.service: 1 finding", "::endgroup::")
    assert command.startswith("::error title=unitlint UL101,file=my.service,line=3,")


def test_it_can_be_called_as_a_module(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "python", "-m", "unitlint", "--version", cwd=tmp_path).startswith("unitlint ")


def test_an_editable_install_finds_the_rules(repository: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", "-e", repository, cwd=tmp_path)
    assert "explains one" in run(programs / "unitlint", "rule", "--all", cwd=tmp_path)
