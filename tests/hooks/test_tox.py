"""tox: the environment that init writes, and settings in tox.ini and setup.cfg."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

from tests.changes.repositories import environment

UNIT = "[Service]\nExecStart=/usr/bin/web\nMemoryMax=1G\nMemoryHigh=2G\n"


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env={**environment(), **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tox.ini").write_text("[tox]\nenv_list = py\n")
    (tmp_path / "web.service").write_text(UNIT)
    return tmp_path


@pytest.mark.skipif(which("git") is None or find_spec("tox") is None, reason="needs git and tox")
def test_the_environment_runs(project: Path, source: Path) -> None:
    """Installed from this repository in place of the package index; the rest is as init wrote it."""
    with (project / "tox.ini").open("a", encoding="utf-8") as file:
        file.write("\n[unitlint]\nprofile = strict\nignore =\n    UL301, UL401,\n    UL601\n")
    assert run(project, "unitlint", "init", "--yes").returncode == 0
    words = ("tox", "-e", "unitlint", "-x", f"testenv:unitlint.deps={source}", "--", "--output-format=concise")
    done = run(project, *words, PYTHONPATH="")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "web.service:4:12: warning[UL303]" in done.stdout
    assert "UL701" not in done.stdout
    (project / "web.service").write_text(UNIT.replace("2G", "512M"))
    done = run(project, *words, PYTHONPATH="")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["tox.ini", "setup.cfg"])
def test_settings(project: Path, name: str) -> None:
    command = ("unitlint", "check", "--output-format=concise")
    assert "UL303" in run(project, *command).stdout
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("\n[unitlint]\nsystemd-version = 252..257\nignore =\n    UL303,\n    UL401\n")
    assert run(project, *command).returncode == 0
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("profil = strict\n")
    done = run(project, *command)
    assert done.returncode == 2
    assert f"unitlint: {name}:" in done.stderr
    assert "did you mean `profile`?" in done.stderr
