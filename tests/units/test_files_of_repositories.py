"""What is not certain of a file in a repository, which is installed elsewhere, and under another name."""

from __future__ import annotations

import pytest

from unitlint.api import check_text


def _codes(text: str, name: str, **settings: object) -> list[str]:
    return [finding.code for finding in check_text(text, name, **settings) if finding.severity == "error"]


PLAIN = "[Service]\nUser=%i\nExecStart=/usr/bin/app\n"


def test_a_file_elsewhere_may_be_installed_as_a_template() -> None:
    assert _codes(PLAIN, "files/app.service") == []


@pytest.mark.parametrize("folder", ["etc/systemd/system", "/usr/lib/systemd/user", "home/.config/systemd/user"])
def test_where_systemd_reads_it_the_instance_is_empty(folder: str) -> None:
    assert _codes(PLAIN, f"{folder}/app.service") == ["UL103"]


def test_conform_takes_the_name_as_it_is() -> None:
    assert _codes(PLAIN, "files/app.service", profile="conform") == ["UL103"]


@pytest.mark.parametrize("line", ["WorkingDirectory=%I", "ReadWritePaths=-%I/data", "EnvironmentFile=%I.env"])
def test_any_path_may_be_the_instance(line: str) -> None:
    assert _codes(f"[Service]\nExecStart=/usr/bin/app\n{line}\n", "app@.service") == []


def test_no_instance_holds_a_slash() -> None:
    assert _codes("[Service]\nExecStart=/usr/bin/app\nWorkingDirectory=%i\n", "app@.service") == ["UL106"]


MOUNT = "[Mount]\nWhat=/dev/sda1\nWhere=/run/app-data\n"


def test_a_mount_in_a_repository_has_no_backslash_in_its_name() -> None:
    assert _codes(MOUNT, "files/run-app-data.mount") == []
    assert _codes(MOUNT, "etc/systemd/system/run-app-data.mount") == ["UL241"]
    assert _codes(MOUNT, "files/run-app.mount") == ["UL241"]


SETTINGS = "[Service]\nRestart=always\nRestartSec=1\n"


def test_settings_alone_may_be_a_drop_in_to_be() -> None:
    assert _codes(SETTINGS, "conf/openvpn@.service") == []
    assert _codes(SETTINGS, "etc/systemd/system/openvpn@.service") == ["UL201"]
    assert _codes(f"[Unit]\nDescription=App\n{SETTINGS}", "conf/app.service") == ["UL201"]
    assert _codes(SETTINGS, "conf/app.service") == ["UL201"]
    assert "UL201" in _codes(SETTINGS, "conf/openvpn@.service", profile="conform")
