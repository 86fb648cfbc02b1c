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

FAILING = """
import pytest
from unitlint.testing import assert_clean, assert_effective, assert_hardened

def test_check(unitlint):
    assert unitlint.check("bad.service", select=["UL101"]) == []

def test_not(unitlint):
    assert not unitlint.check("bad.service", select=["UL101"])

def test_clean():
    assert_clean("bad.service", select=["UL101"])

def test_effective():
    assert_effective("bad.service", "Service.Nice", 5)

def test_mistake(unitlint):
    unitlint.unit("missing.service")

def test_hardened():
    assert_hardened("bad.service", "NoNewPrivileges")
"""

PROJECT = """
from unitlint.testing import assert_clean

def test_tree(systemd_tree):
    systemd_tree.unit("web.service", "[Service]\\nExecStart=/bin/true\\nFrobnicate=1\\n")
    assert [one.code for one in systemd_tree.check()] == ["UL503"]

def test_text(unitlint):
    assert unitlint.check_text("[Service]\\nExecStart=/bin/true\\nFrobnicate=1\\n") == []

def test_rendered(unitlint, tmp_path):
    (tmp_path / "web.service").write_text("[Service]\\nExecStart=/bin/true\\nFrobnicate=1\\n")
    assert unitlint.check(tmp_path / "web.service") == []

def test_own_settings(unitlint, tmp_path):
    (tmp_path / "web.service").write_text("[Service]\\nExecStart=/bin/true\\nFrobnicate=1\\n")
    (tmp_path / "unitlint.toml").write_text('select = ["UL101"]\\n')
    assert [one.code for one in unitlint.check(tmp_path)] == ["UL101"]
"""

IDLE = """
import sys

def pytest_unconfigure(config):
    loaded = [name for name in sys.modules if name.partition(".")[0] in ("unitlint", "ruamel", "pathspec")]
    print("loaded:", *sorted(loaded))
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


def test_failures_are_told_at_the_line_of_the_test(pytester: pytest.Pytester) -> None:
    pytester.makefile(".service", bad="[Service]\nExecStart=/bin/true\nFrobnicate=1\nNice=4\n")
    pytester.makepyfile(FAILING)
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider", *_plugin(pytester))
    done.assert_outcomes(failed=6)
    done.stdout.fnmatch_lines(
        [
            "E       *assert no findings, but there are:",
            "E         UL101 error: * does not know Frobnicate= *",
            "E          --> bad.service:3:1",
            "E       AssertionError: assert not [[]bad.service:3: UL101 unknown-directive]",
            "E       AssertionError: not clean: 1 finding",
            "E       3 | Frobnicate=1",
            "E         | ^^^^^^^^^^",
            "E       - Nice=5",
            "E       + Nice=4  (bad.service:4)",
            "E       *UnitlintError: * missing.service",
            "E       AssertionError: bad.service is not hardened *",
        ]
    )
    done.stdout.no_fnmatch_line("*unitlint/testing/*")
    done.stdout.no_fnmatch_line("*unitlint/api.py*")


def test_the_settings_of_the_project_hold_for_what_a_test_makes(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", unitlint='select = ["UL503"]\n')
    pytester.makepyfile(PROJECT)
    done = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", f"--basetemp={pytester.path.parent / 'away'}", *_plugin(pytester)
    )
    done.assert_outcomes(passed=4)


def test_a_run_without_the_option_loads_nothing_of_the_linter(pytester: pytest.Pytester) -> None:
    """Not while options are read, at configuring, collecting or running."""
    pytester.makeconftest(IDLE)
    pytester.makefile(".service", bad="[Service]\nFrobnicate=1\n")
    pytester.makepyfile("def test_one(): assert [1] == [1]")
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider", *_plugin(pytester))
    done.stdout.fnmatch_lines(["loaded: unitlint unitlint.pytest_plugin"])


def test_loading_the_plugin_loads_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", COST], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["unitlint", "unitlint.pytest_plugin"]
