"""For tests of units: assertions with readable failures, a builder of root trees, and the linter itself.

from unitlint.testing import assert_clean, assert_effective

def test_units():
    assert_clean("units", profile="strict")
    assert_effective("units/web.service", "Service.MemoryMax", "2G")
"""

from unitlint.security.assertions import assert_exposure, assert_hardened
from unitlint.testing.assertions import assert_clean, assert_finding, assert_no_finding
from unitlint.testing.effective import assert_effective
from unitlint.testing.linter import Linter
from unitlint.testing.tree import SystemdTree, systemd_tree

__all__ = [
    "Linter",
    "SystemdTree",
    "assert_clean",
    "assert_effective",
    "assert_exposure",
    "assert_finding",
    "assert_hardened",
    "assert_no_finding",
    "systemd_tree",
]
