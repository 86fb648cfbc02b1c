"""For tests of units: assertions with readable failures, a builder of root directories, and the linter itself.

from unitlint.testing import assert_clean, assert_effective

def test_units():
    assert_clean("units", profile="strict")
    assert_effective("units/web.service", "Service.MemoryMax", "2G")
"""

from __future__ import annotations

from unitlint.testing import exposure as _security
from unitlint.testing.assertions import assert_clean, assert_finding, assert_no_finding
from unitlint.testing.calls import told_at_the_call as _told_at_the_call
from unitlint.testing.effective import assert_effective
from unitlint.testing.findings import Findings
from unitlint.testing.journal import assert_no_incidents
from unitlint.testing.linter import Linter
from unitlint.testing.tree import SystemdTree, systemd_tree

assert_exposure = _told_at_the_call(_security.assert_exposure)
assert_hardened = _told_at_the_call(_security.assert_hardened)

__all__ = [
    "Findings",
    "Linter",
    "SystemdTree",
    "assert_clean",
    "assert_effective",
    "assert_exposure",
    "assert_finding",
    "assert_hardened",
    "assert_no_finding",
    "assert_no_incidents",
    "systemd_tree",
]
