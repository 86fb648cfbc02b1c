"""FailureAction= and its like in the units of user managers."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint

RELEASES = (239, 252, 253, 254, 255, 262)
ACTIONS = {
    "none": "......",
    "exit": "......",
    "exit-force": "......",
    "reboot": "WWwwww",
    "poweroff-immediate": "WWwwww",
    "halt": "www.ww",
    "soft-reboot-force": "www.ww",
}
"""``W`` where systemd takes it for exit-force, ``w`` where it ignores the line."""
LETTERS = {"warned": "W", "ignored": "w"}


@pytest.mark.parametrize("directive", ["FailureAction", "SuccessAction", "StartLimitAction", "JobTimeoutAction"])
@pytest.mark.parametrize("action", ACTIONS)
def test_action(tmp_path: Path, directive: str, action: str) -> None:
    path = tmp_path / "etc/systemd/user/a.service"
    path.parent.mkdir(parents=True)
    path.write_text(f"[Unit]\n{directive}={action}\n[Service]\nExecStart=/bin/true\n")
    told = ""
    for release in RELEASES:
        report = unitlint.check_paths(tmp_path, profile="conform", systemd_version=release)
        effects = [found.effect for found in report.findings if found.effect]
        told += LETTERS[effects[0]] if effects else "."
    assert told == ACTIONS[action]
    system = unitlint.check_text(path.read_text(), "a.service", profile="conform", systemd_version=262)
    assert not [found for found in system if found.effect]
