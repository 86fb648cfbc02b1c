"""What all the tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unitlint", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI")))
settings.load_profile("unitlint")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The recordings beside the repository; a test that needs them is skipped without."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the repository: nothing recorded to compare with")
    return folder
