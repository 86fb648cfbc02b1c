"""Several targets at once: what holds for some names them in the user's words."""

from __future__ import annotations

import unitlint
from unitlint.engine.targets import named
from unitlint.settings.releases import Target


def messages(text: str, targets: str) -> list[str]:
    found = unitlint.check_text(text, "a.service", profile="conform", systemd_version=targets)
    return [finding.message for finding in found if finding.code in ("UL101", "UL103", "UL110")]


def test_what_holds_for_all_is_said_once() -> None:
    (message,) = messages("[Service]\nExecStart=/bin/true\nFooo=1\n", "rhel8..debian13")
    assert "systemd 257" in message
    assert "debian13" not in message


def test_what_holds_for_some_names_them() -> None:
    (message,) = messages("[Service]\nExecStart=/bin/true\nProtectProc=invisible\n", "rhel8,ubuntu20.04,debian12")
    assert message.endswith("(on rhel8 and ubuntu20.04)")


def test_numbers_stay_numbers() -> None:
    (message,) = messages("[Service]\nExecStart=/bin/true\nProtectProc=invisible\n", "239,245,252")
    assert message.endswith("(systemd 239, 245)")


def test_what_a_distribution_has_backported_is_no_finding() -> None:
    text = "[Service]\nType=notify-reload\nExecStart=/bin/true\nRestartMode=direct\n"
    assert messages(text, "rhel9") == []
    assert len(messages(text, "debian12")) == 2
    assert all(message.endswith("(on debian12)") for message in messages(text, "rhel9,debian12"))
    assert len(messages(text.replace("notify-reload", "notify-reloaded"), "rhel9")) == 1


def test_names_and_numbers_mix() -> None:
    assert named([Target(239, "rhel8"), 245, Target(252, "debian12")]) == "on rhel8, systemd 245 and debian12"
    assert named([Target(239, "rhel8"), 245, 247, 249]) == "on rhel8 and systemd 245, 247, 249"
    assert named([247]) == "systemd 247"
