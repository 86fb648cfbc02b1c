"""The hooks in real repositories: tried out, and pinned by tag in a consumer that commits with them."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest

from tests.changes.repositories import commit_all, environment, git
from unitlint.base.version import __version__

pytestmark = pytest.mark.skipif(
    which("git") is None or find_spec("pre_commit") is None, reason="needs git and pre-commit"
)

CLEAN = "[Unit]\nDescription=Web\n\n[Service]\nExecStart=/usr/bin/web\nMemoryMax=1G\nRestart=on-failure\n"
CONFIG = """\
repos:
  - repo: {source}
    rev: v{version}
    hooks:
      - id: unitlint-fix
      - id: unitlint
      - id: unitlint-all
        stages: [manual]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def consumer(source: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a clean unit that commits through the hooks."""
    folder = tmp_path_factory.mktemp("consumer")
    (folder / "units").mkdir()
    (folder / "units" / "web.service").write_text(CLEAN)
    (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(source=source, version=__version__))
    (folder / "unitlint.toml").write_text("exclude = ['vendor']\n")
    commit_all(folder)
    assert pre_commit(folder, home, "install").returncode == 0
    return folder


def pre_commit(folder: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, home, sys.executable, "-m", "pre_commit", *words)


def run(folder: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # What is installed is to be run, not the checkout that the tests import.
    variables = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    variables["PRE_COMMIT_HOME"] = str(home)
    return subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def commit(folder: Path, home: Path, *paths: str) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "--", *paths)
    return run(folder, home, "git", "commit", "--message", "Change")


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def test_trying_the_hook_out(source: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "web.service").write_text("[Service]\nExecStart=/bin/true\nFrobnicate=1\n")
    (tmp_path / "notes.txt").write_text("Frobnicate=1\n")
    commit_all(tmp_path)
    done = pre_commit(tmp_path, home, "try-repo", str(source), "unitlint", "--all-files")
    assert done.returncode == 1, said(done)
    assert "exit code: 1" in done.stdout
    assert "--> units/web.service:3:1" in done.stdout
    assert "notes.txt" not in done.stdout


def test_a_commit_that_fails_one_that_is_mended_and_a_clean_one(consumer: Path, home: Path) -> None:
    unit = consumer / "units" / "mail.service"
    unit.write_text(CLEAN + "Frobnicate=1\n")
    done = commit(consumer, home, "units/mail.service")
    assert done.returncode == 1, said(done)
    assert "--> units/mail.service:8:1" in said(done)
    unit.write_text(CLEAN.replace("MemoryMax", "MemorMax"))
    done = commit(consumer, home, "units/mail.service")
    assert done.returncode == 1, said(done)
    assert "files were modified by this hook" in said(done)
    assert unit.read_text() == CLEAN
    done = commit(consumer, home, "units/mail.service")
    assert done.returncode == 0, said(done)
    assert git(consumer, "status", "--porcelain") == ""


def test_a_changed_drop_in_is_checked_with_its_unit_and_siblings(consumer: Path, home: Path) -> None:
    """pre-commit names one file; what is wrong shows only with the others."""
    folder = consumer / "units" / "web.service.d"
    folder.mkdir()
    (folder / "10-limits.conf").write_text("[Service]\nMemoryMax=2G\n")
    done = commit(consumer, home, "units")
    assert done.returncode == 0, said(done)
    (folder / "20-more.conf").write_text("[Service]\nMemoryHigh=1536M\n")
    done = commit(consumer, home, "units")
    assert done.returncode == 0, said(done)
    (folder / "20-more.conf").write_text("[Service]\nMemoryHigh=3G\n")
    done = commit(consumer, home, "units/web.service.d/20-more.conf")
    assert done.returncode == 1, said(done)
    assert "--> units/web.service.d/20-more.conf:2:12" in said(done)
    assert "units/web.service.d/10-limits.conf:2:11" in said(done), "the limit of the sibling is shown"
    git(consumer, "reset", "--quiet", "--hard")


def test_what_the_settings_leave_out_is_left_out(consumer: Path, home: Path) -> None:
    """pre-commit names every changed file, so that the hook has to heed `exclude` (--force-exclude)."""
    (consumer / "vendor").mkdir()
    (consumer / "vendor" / "theirs.service").write_text("[Service]\nFrobnicate=1\n")
    done = commit(consumer, home, "vendor")
    assert done.returncode == 0, said(done)


def test_the_whole_repository(consumer: Path, home: Path) -> None:
    """Two units wait for each other: it takes both to see it, whichever was changed."""
    for name, other in (("web", "mail"), ("mail", "web")):
        text = CLEAN.replace("Description=Web\n", f"Description=Web\nRequires={other}.service\nAfter={other}.service\n")
        (consumer / "units" / f"{name}.service").write_text(CLEAN if name == "mail" else text)
        git(consumer, "add", "--all")
        done = pre_commit(consumer, home, "run", "unitlint-all", "--hook-stage", "manual")
        assert done.returncode == 0, said(done)
    (consumer / "units" / "mail.service").write_text(text)
    git(consumer, "add", "--all")
    done = pre_commit(consumer, home, "run", "unitlint-all", "--hook-stage", "manual")
    assert done.returncode == 1, said(done)
    assert "--> units/mail.service:4:7" in said(done)
