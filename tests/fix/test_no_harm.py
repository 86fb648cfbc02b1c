"""No fix takes a limit away that it can convert, or grants a right by likeness, whatever is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.cli.parser import main

UNIT = "[Service]\nExecStart=/usr/bin/app\n{line}\n"
PROFILES = ("conform", "default", "strict")
RELEASES = ("247", "252", "257", "258", "262", "247..262")


def fixed(tmp_path: Path, line: str, *arguments: str) -> str:
    """The line after ``check --fix --unsafe-fixes``."""
    path = tmp_path / "app.service"
    path.write_text(UNIT.format(line=line))
    main(["check", "--isolated", "--fix", "--unsafe-fixes", "--quiet", *arguments, str(path)])
    return "\n".join(path.read_text().splitlines()[2:])


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("line", "converted"),
    [
        ("MemoryLimit=1G", "MemoryMax=1G"),
        ("CPUShares=512", "CPUWeight=50"),
        ("CPUShares=2", "CPUWeight=1"),
        ("BlockIOWeight=200", "IOWeight=40"),
        ("StartupBlockIOWeight=1000", "StartupIOWeight=200"),
        ("BlockIOReadBandwidth=/dev/sda 5M", "IOReadBandwidthMax=/dev/sda 5M"),
    ],
)
def test_a_limit_is_converted_or_left(tmp_path: Path, line: str, converted: str, profile: str, release: str) -> None:
    assert fixed(tmp_path, line, "--profile", profile, "--systemd-version", release) in (line, converted)


@pytest.mark.parametrize("line", ["CPUShares=a lot", "BlockIODeviceWeight=/dev/sda 500"])
def test_what_cannot_be_converted_stays(tmp_path: Path, line: str) -> None:
    assert fixed(tmp_path, line) == line


@pytest.mark.parametrize(
    "line",
    [
        "AmbientCapabilities=CAP_NET",
        "AmbientCapabilities=CAP_SYS",
        "CapabilityBoundingSet=CAP_SYS_ADMN",
        "AmbientCapabilities=CAP_NET_BIND_SERVICES",
        "CapabilityBoundingSet=CAP_NET_ADMIN,CAP_SYS_PTRACE",
        "User=www_data:",
        "SystemCallFilter=@system-servise",
        "RestrictAddressFamilies=AF_INE",
        "RestrictAddressFamilies=AF_NETLNK",
        "RuntimeMaxUse=1G",
        "SystemMaxUse=1G",
    ],
)
def test_rights_and_meanings_are_not_guessed(tmp_path: Path, line: str) -> None:
    assert fixed(tmp_path, line) in (line, line.replace(",", " "))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("CapabilityBoundingSet=SYS_PTRACE", "CapabilityBoundingSet=CAP_SYS_PTRACE"),
        ("CapabilityBoundingSet=CAP_SYS_PTR", "CapabilityBoundingSet=CAP_SYS_PTRACE"),
        ("SystemCallFilter=@system-serv", "SystemCallFilter=@system-service"),
    ],
)
def test_the_only_name_that_begins_so_is_completed(tmp_path: Path, line: str, meant: str) -> None:
    assert fixed(tmp_path, line) == meant
