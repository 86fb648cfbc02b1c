"""What all the tests share."""

from __future__ import annotations

import os
import signal
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A shell has its background jobs ignore interrupts, and all that they start: those of the tests would be waited for.
signal.signal(signal.SIGINT, signal.default_int_handler)

if find_spec("hypothesis"):  # the environments for the pytest plugin are without
    from hypothesis import HealthCheck, settings

    # Nothing fails because the machine is busy. In CI the same examples run each time, so that a failure concerns
    # the change at hand; elsewhere they differ, and a failure prints the line that repeats it.
    settings.register_profile(
        "unitlint",
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("unitlint")


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
