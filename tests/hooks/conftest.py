"""What the tests of hooks share."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from tests.changes.repositories import commit_all, git
from unitlint.base.version import __version__


@pytest.fixture(scope="session")
def source(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as others get it, with a tag."""
    folder = tmp_path_factory.mktemp("source") / "unitlint"
    left_out = (".*cache*", ".git", ".hypothesis", ".tox", ".venv", "build", "dist", "tests", "__pycache__")
    copytree(repository, folder, ignore=ignore_patterns(*left_out))
    commit_all(folder)
    git(folder, "tag", f"v{__version__}")
    return folder
