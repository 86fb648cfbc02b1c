"""The pytest plugin.  pytest loads this in every project, so it imports nothing of the linter until it is asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from unitlint.testing.linter import Linter
    from unitlint.testing.tree import SystemdTree

OPTIONS = (
    ("profile", "conform, default or strict"),
    ("select", "only these rules: codes, names, prefixes or ALL, with commas"),
    ("ignore", "not these rules"),
    ("systemd-version", "the releases that read the units: 252, rhel9, 247,252 or rhel8..257"),
    ("root", "look up users, programs and files in this tree"),
    ("fail-on", "a file fails from this severity on: info, warning, error"),
    ("config", "read the settings from this file"),
    ("baseline", "leave out the findings that this file knows"),
)
"""The options ``--unitlint-…``, each also a key ``unitlint_…`` of pytest's settings, with what they mean."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--unitlint`` and what goes with it."""
    group = parser.getgroup("unitlint", "systemd units (unitlint)")
    group.addoption("--unitlint", action="store_true", help="make an item of every systemd unit, drop-in and conf")
    parser.addini("unitlint", "always make items of systemd units, as --unitlint does", type="bool", default=False)
    for name, meaning in OPTIONS:
        dest = f"unitlint_{name.replace('-', '_')}"
        group.addoption(f"--unitlint-{name}", dest=dest, default=None, metavar="VALUE", help=meaning)
        parser.addini(dest, f"{meaning} (as --unitlint-{name})", default=None)


def pytest_configure(config: pytest.Config) -> None:
    """The marker; and the collector, where it is wanted."""
    config.addinivalue_line("markers", "unitlint: the check of a systemd unit, drop-in or conf")
    if config.getoption("--unitlint") or config.getini("unitlint"):
        from unitlint.testing.collection import start

        start(config)


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """``assert unitlint.check(...) == []`` shows the findings as `unitlint check` does."""
    testing = sys.modules.get("unitlint.testing.findings")
    if op != "==" or testing is None or not isinstance(left, testing.Findings):
        return None
    lines: list[str] = testing.compared(left, right)
    return lines


@pytest.fixture(name="unitlint", scope="session")
def _unitlint(pytestconfig: pytest.Config) -> Linter:
    """Checks units in a test: ``assert not unitlint.check("deploy/web.service")``."""
    from unitlint.testing.linter import Linter

    return Linter(pytestconfig.rootpath)


@pytest.fixture(name="systemd_tree")
def _systemd_tree(tmp_path: Path, pytestconfig: pytest.Config) -> SystemdTree:
    """A root directory to be filled with units, drop-ins, users and programs."""
    from unitlint.testing.tree import SystemdTree

    return SystemdTree(tmp_path / "root", project=pytestconfig.rootpath)
