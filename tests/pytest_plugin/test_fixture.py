"""The fixture `unitlint`, in a pytest of its own, and what loading the plugin costs everybody else."""

from __future__ import annotations

import subprocess
import sys

import pytest

TEST = """
import pytest
import unitlint as package

def test_a_file(unitlint):
    findings = unitlint.check("bad.service")
    assert [(one.line, one.directive) for one in findings if one.effect] == [(3, "Frobnicate")]

def test_a_text(unitlint):
    assert [one for one in unitlint.check_text("[Service]\\nFrobnicate=1\\n", "x.service") if one.effect]

def test_settings(unitlint):
    assert unitlint.check("bad.service", ignore=["ALL"]) == []

def test_a_unit(unitlint):
    unit = unitlint.unit("bad.service")
    assert unit.value("Service", "ExecStart") == "/bin/true"
    assert unit.last("Service", "ExecStart").line == 2

def test_a_missing_file(unitlint):
    with pytest.raises(package.UnitlintError):
        unitlint.check("missing.service")
"""

COST = """
import sys, pytest
before = set(sys.modules)
import unitlint.pytest_plugin
print(*sorted(name for name in set(sys.modules) - before))
"""


def test_a_project_can_check_its_units(pytester: pytest.Pytester) -> None:
    pytester.makefile(".service", bad="[Service]\nExecStart=/bin/true\nFrobnicate=1\n")
    pytester.makepyfile(TEST)
    pytester.runpytest_subprocess("-p", "no:cacheprovider", *_plugin(pytester)).assert_outcomes(passed=5)


def _plugin(pytester: pytest.Pytester) -> list[str]:
    """Names the plugin where the package runs from a checkout instead of being installed."""
    from importlib.metadata import entry_points

    del pytester
    return [] if entry_points(group="pytest11", name="unitlint") else ["-p", "unitlint.pytest_plugin"]


def test_loading_the_plugin_loads_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", COST], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["unitlint", "unitlint.pytest_plugin"]
