"""What tests can say of a sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.testing import assert_exposure, assert_hardened


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "web.service"
    path.write_text("[Service]\nExecStart=/bin/web\nNoNewPrivileges=yes\nUser=root\nProtectSystem=full\n")
    return path


def test_exposure(unit: Path) -> None:
    assert assert_exposure(unit, at_most=9.5, systemd_version=252).value == 9.3
    with pytest.raises(AssertionError) as failure:
        assert_exposure(unit, at_most=4.0, systemd_version=252)
    lines = str(failure.value).splitlines()
    assert lines[0] == "web.service is exposed 9.3 (UNSAFE), more than 4.0; what costs most:"
    assert lines[1].startswith("  0.5 PrivateNetwork= An attacker can reach")
    assert f"({unit}:4)" in lines[2]


def test_hardened(unit: Path) -> None:
    assert_hardened(unit, "NoNewPrivileges", "NoNewPrivileges=", "RemoveIPC", "Delegate")
    for name in ("ProtectSystem", "CapabilityBoundingSet", "CapabilityBoundingSet=~CAP_KILL", "User", "DynamicUser="):
        with pytest.raises(AssertionError, match="is not hardened"):
            assert_hardened(unit, "NoNewPrivileges", name)
    with pytest.raises(AssertionError, match=r"more than 4\.9"):
        assert_hardened(unit)
    with pytest.raises(UnitlintError, match="did you mean `ProtectHome`"):
        assert_hardened(unit, "ProtectHomes")
