"""The pre-commit hook: which files it takes, and that it works in a repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, ignore_patterns, which

import pytest
from ruamel.yaml import YAML

TAKEN = [
    "web.service", "deploy/a/b.timer", "x@.socket", "x@y.mount", "p.path", "s.slice", "t.target", "a.automount",
    "d.device", "w.swap", "c.scope", "web.service.d/limits.conf", "etc/systemd/system/foo-.service.d/a.conf",
    "system/service.d/10-all.conf", "x@y.service.d/a.conf", "journald.conf", "etc/systemd/system.conf", "user.conf",
    "etc/systemd/journald.conf.d/a.conf", "oomd.conf", "coredump.conf", "logind.conf", "resolved.conf.d/dns.conf",
    "timesyncd.conf", "sleep.conf",
]  # fmt: skip

LEFT = [
    "README.md", "service", "web.service.bak", "web.service.j2", "web.service.d/README", "nginx.conf", "conf.d/a.conf",
    "web.service/limits.conf", "my-journald.conf", "web.service.d/deeper/a.conf", "targets", "web.services",
    "journald.conf.orig", "src/service.py",
]  # fmt: skip


def hook(repository: Path) -> dict[str, object]:
    (found,) = YAML(typ="safe").load(repository / ".pre-commit-hooks.yaml")
    return dict(found)


@pytest.mark.parametrize("path", TAKEN)
def test_the_hook_takes(path: str, repository: Path) -> None:
    assert re.search(str(hook(repository)["files"]), path)


@pytest.mark.parametrize("path", LEFT)
def test_the_hook_leaves(path: str, repository: Path) -> None:
    assert not re.search(str(hook(repository)["files"]), path)


@pytest.mark.slow
@pytest.mark.skipif(which("git") is None or find_spec("pre_commit") is None, reason="needs git and pre-commit")
def test_the_hook_works_in_a_repository(repository: Path, tmp_path: Path) -> None:
    source = tmp_path / "unitlint"
    copytree(repository, source, ignore=ignore_patterns(".*cache*", ".git", ".tox", ".venv", "tests", "__pycache__"))
    commit_all(source)
    project = tmp_path / "project"
    (project / "units").mkdir(parents=True)
    (project / "units" / "web.service").write_text("[Service]\nExecStart=/bin/true\nFrobnicate=1\n")
    (project / "notes.txt").write_text("Frobnicate=1\n")
    commit_all(project)
    environment = {**environment_for_git(), "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(source), "unitlint", "--all-files"],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "exit code: 1" in done.stdout
    assert "--> units/web.service:3:1" in done.stdout
    assert "notes.txt" not in done.stdout


def commit_all(folder: Path) -> None:
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=All", "--no-verify"]):
        subprocess.run(["git", *command], cwd=folder, env=environment_for_git(), check=True)


def environment_for_git() -> dict[str, str]:
    """A git that knows who commits and heeds no settings of this machine."""
    names = ("AUTHOR", "COMMITTER")
    who = {f"GIT_{name}_NAME": "tests" for name in names} | {f"GIT_{name}_EMAIL": "tests@example.org" for name in names}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
