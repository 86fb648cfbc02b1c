"""docs/coverage.md names rules and rows that there are, and samples show that they find what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unitlint.api import check_text
from unitlint.rules.rule_set import load_rules
from unitlint.security._assessments import ROWS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
CELLS = re.compile(r"(?<!\\)\|")
TABLE = [[cell.strip() for cell in CELLS.split(line)[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")]
SYSTEMDLINT_IDS = 119
"""As its page on PyPI lists them; MountUnitNaming is not there, but in its code."""

SERVICE = """[Unit]
Description=App
Documentation=man:app(8)
{unit}
[Service]
ExecStart=/usr/bin/app
{service}
[Install]
{install}
"""
SAMPLES = {
    "FullPrivileges": ("UL438", "x.service", "[Service]\nExecStart=+/usr/bin/app\nUser=app\n"),
    "InvalidNumericBase": ("UL103", "x.service", SERVICE.format(unit="", service="MemoryMax=1.x", install="")),
    "InvalidSetting": ("UL102", "x.service", SERVICE.format(unit="Nice=5", service="", install="")),
    "InvalidValue": ("UL103", "x.service", SERVICE.format(unit="", service="Restart=on-fail", install="")),
    "MandatoryOptionMissing": ("UL242", "srv.mount", "[Mount]\nWhere=/srv\n"),
    "MountUnitNaming": ("UL241", "data.mount", "[Mount]\nWhat=/dev/sda1\nWhere=/srv\n"),
    "Multiplicity": ("UL204", "x.service", SERVICE.format(unit="", service="ExecStart=/usr/bin/b", install="")),
    "NoFailureCheck": ("UL516", "x.service", "[Service]\nExecStart=-/usr/bin/app\n"),
    "OptionDeprecated": ("UL109", "x.service", SERVICE.format(unit="", service="CPUShares=10", install="")),
    "OptionTooNew": ("UL110", "x.service", SERVICE.format(unit="", service="RestartMode=direct", install="")),
    "SettingRequires": ("UL208", "x.service", SERVICE.format(unit="", service="Type=dbus", install="")),
    "SettingRestricted": ("UL205", "x.service", "[Service]\nType=oneshot\nRestart=always\nExecStart=/usr/bin/app\n"),
    "SyntaxError": ("UL002", "x.service", SERVICE.format(unit="word", service="", install="")),
    "UnitSectionMissing": ("UL113", "x.service", "[Service]\nExecStart=/usr/bin/app\n"),
    "ReferencedUnitNotFound": (
        "UL718", "x.service", SERVICE.format(unit="After=network-onlin.target", service="", install=""),
    ),
    "invalid-systemd-documentation": (
        "UL103", "x.service", SERVICE.format(unit="Documentation=see wiki", service="", install=""),
    ),
    "kill-mode-none": ("UL111", "x.service", SERVICE.format(unit="", service="KillMode=none", install="")),
    "systemd-service-alias-without-extension": (
        "UL715", "x.service", SERVICE.format(unit="", service="", install="Alias=app"),
    ),
    "systemd-service-file-missing-documentation-key": ("UL114", "x.service", "[Service]\nExecStart=/usr/bin/app\n"),
    "systemd-service-file-missing-hardening-features": ("UL401", "x.service", "[Service]\nExecStart=/usr/bin/app\n"),
    "systemd-service-file-missing-install-key": ("UL733", "x.service", "[Service]\nExecStart=/usr/bin/app\n"),
    "systemd-service-file-refers-to-obsolete-bindto": (
        "UL112", "x.service", SERVICE.format(unit="BindTo=a.service", service="", install=""),
    ),
    "systemd-service-file-refers-to-obsolete-target": (
        "UL732", "x.service", SERVICE.format(unit="After=syslog.target", service="", install=""),
    ),
    "systemd-service-file-refers-to-unusual-wantedby-target": (
        "UL734", "x.service", SERVICE.format(unit="", service="", install="WantedBy=odd.target"),
    ),
    "systemd-service-file-refers-to-var-run": (
        "UL107", "x.service", SERVICE.format(unit="", service="Type=forking\nPIDFile=/var/run/app.pid", install=""),
    ),
    "systemd-service-file-shutdown-problems": (
        "UL731", "x.service",
        SERVICE.format(unit="DefaultDependencies=no\nConflicts=shutdown.target", service="", install=""),
    ),
    "systemd-service-file-uses-deprecated-syslog-facility": (
        "UL117", "x.service", SERVICE.format(unit="", service="StandardOutput=syslog", install=""),
    ),
    "systemd-service-file-uses-nobody-or-nogroup": (
        "UL453", "x.service", SERVICE.format(unit="", service="User=app\nGroup=nogroup", install=""),
    ),
    "systemd-service-file-wraps-init-script": ("UL625", "x.service", "[Service]\nExecStart=/etc/init.d/app start\n"),
    "invalid value": ("UL104", "x.timer", "[Timer]\nOnCalendar=*-*-* 25:30\n"),
    "shell syntax in `Exec…=`": ("UL510", "x.service", "[Service]\nExecStart=/usr/bin/app > /tmp/log\n"),
    "spaces after a backslash": ("UL007", "x.service", "[Service]\nExecStart=/usr/bin/app \\ \n  --more\n"),
}  # fmt: skip


def test_every_code_is_a_rule() -> None:
    codes = {rule.code for rule in load_rules()}
    named = set(re.findall(r"\bUL\d{3}\b", PAGE))
    assert named - codes == set()
    assert len(named) > 70


def test_every_row_is_one_of_security() -> None:
    rows = {row[0] for row in ROWS}
    named = [row[1].strip("`").replace(r"\|", "|") for row in TABLE if row[0].startswith("`Security.")]
    assert named
    assert set(named) - rows == set()


def test_every_id_of_systemdlint_is_there_once() -> None:
    first = PAGE.partition("## lintian")[0]
    ids = re.findall(
        r"`([\w.@-]+)`", " ".join(line.split(" | ")[0] for line in first.splitlines() if line[:3] == "| `")
    )
    assert len(ids) == len(set(ids)) == SYSTEMDLINT_IDS + 1


@pytest.mark.parametrize("name", SAMPLES)
def test_the_code_finds_it(name: str) -> None:
    code, file_name, text = SAMPLES[name]
    (row,) = [row for row in TABLE if row[0].strip("`") == name or row[0] == name]
    assert code in row[1].split()
    release = 247 if name == "OptionTooNew" else 262
    found = check_text(text, file_name, profile="strict", systemd_version=release)
    assert code in {one.code for one in found}
