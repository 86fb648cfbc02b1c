"""Rules that look into a root directory, where the modes matter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import unitlint


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("etc/systemd/system", "opt/app/bin", "srv/data"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\nweb:x:54321:54321::/:/bin/sh\n")
    command = tmp_path / "opt/app/bin/run"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/sh").symlink_to("busybox")
    (tmp_path / "bin/busybox").touch(0o755)
    return tmp_path


def codes(tree: Path, *lines: str) -> list[str]:
    (tree / "etc/systemd/system/x.service").write_text("\n".join(("[Service]", *lines, "")))
    report = unitlint.check_paths([tree], root=str(tree), select=["UL5"])
    return [f"{one.code}: {one.message}" for one in report.findings]


def test_everything_open(tree: Path) -> None:
    assert not codes(tree, "ExecStart=/opt/app/bin/run", "User=web", "WorkingDirectory=/srv/data")


def test_a_closed_folder_on_the_way(tree: Path) -> None:
    (tree / "opt/app").chmod(0o750)
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run", "User=web")
    assert found.startswith("UL504")
    assert "cannot enter /opt/app" in found
    assert not codes(tree, "ExecStart=+/opt/app/bin/run", "User=web")
    assert not codes(tree, "ExecStart=/opt/app/bin/run")


def test_a_command_that_only_its_owner_runs(tree: Path) -> None:
    (tree / "opt/app/bin/run").chmod(0o700)
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run", "User=web")
    assert found.startswith("UL504")


def test_a_closed_working_directory(tree: Path) -> None:
    (tree / "srv").chmod(0o700)
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run", "User=web", "WorkingDirectory=/srv/data")
    assert found.startswith("UL505")


def test_no_link_leads_out(tree: Path) -> None:
    (tree / "opt/app/bin/out").symlink_to("/../../../../../bin/ls")
    (found,) = codes(tree, "ExecStart=/opt/app/bin/out")
    assert found.startswith("UL503")


def test_a_user_of_sysusers_meets_closed_folders(tree: Path) -> None:
    (tree / "usr/lib/sysusers.d").mkdir(parents=True)
    (tree / "usr/lib/sysusers.d/app.conf").write_text('u app - "App"\ng extra 777\nm app extra\n')
    (tree / "opt/app").chmod(0o750)
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run", "User=app")
    assert found.startswith("UL504")
    os.chown(tree / "opt/app", -1, 777) if os.getuid() == 0 else pytest.skip("needs to give a folder to a group")
    assert not codes(tree, "ExecStart=/opt/app/bin/run", "User=app")


def test_a_capability_that_passes_closed_folders(tree: Path) -> None:
    (tree / "opt/app").chmod(0o700)
    assert not codes(tree, "ExecStart=/opt/app/bin/run", "User=web", "AmbientCapabilities=CAP_DAC_READ_SEARCH")


def test_a_folder_whose_mode_changes_at_boot(tree: Path) -> None:
    (tree / "usr/lib/tmpfiles.d").mkdir(parents=True)
    (tree / "usr/lib/tmpfiles.d/app.conf").write_text("z /opt/app 0755 root root -\n")
    (tree / "opt/app").chmod(0o700)
    assert not codes(tree, "ExecStart=/opt/app/bin/run", "User=web")


def test_a_command_that_anybody_may_change(tree: Path) -> None:
    (tree / "opt/app/bin/run").chmod(0o777)
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run")
    assert found == ("UL509: every user can change /opt/app/bin/run: /opt/app/bin/run is writable by everyone")


def test_a_folder_in_which_anybody_may_exchange_the_command(tree: Path) -> None:
    (tree / "opt").chmod(0o777)
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run")
    assert found == "UL509: every user can change /opt/app/bin/run: /opt is writable by everyone"
    (tree / "opt").chmod(0o1777)
    assert not codes(tree, "ExecStart=/opt/app/bin/run")


def elf(loader: bytes) -> bytes:
    """A file with one program header, that of its loader."""
    head = bytearray(64 + 56)
    head[:6] = b"\x7fELF\x02\x01"
    for at, size, number in ((32, 8, 64), (54, 2, 56), (56, 2, 1), (64, 4, 3), (72, 8, 120), (96, 8, len(loader) + 1)):
        head[at : at + size] = number.to_bytes(size, "little")
    return bytes(head) + loader + b"\0"


def test_a_binary_whose_loader_is_missing(tree: Path) -> None:
    (tree / "opt/app/bin/run").write_bytes(elf(b"/lib/ld-musl-x86_64.so.1"))
    (found,) = codes(tree, "ExecStart=/opt/app/bin/run")
    assert found.startswith("UL507: /opt/app/bin/run needs the loader /lib/ld-musl-x86_64.so.1,")
    (tree / "lib").mkdir()
    (tree / "lib/ld-musl-x86_64.so.1").write_bytes(b"\x7fELF")
    assert not codes(tree, "ExecStart=/opt/app/bin/run")


@pytest.mark.parametrize("data", [b"\x7fELF", b"\x7fELF" + b"\xff" * 200, b"\x7fELF\x01\x01" + b"\xff" * 4000, b"MZ\0"])
def test_a_broken_binary_is_no_mistake_of_the_unit(tree: Path, data: bytes) -> None:
    (tree / "opt/app/bin/run").write_bytes(data)
    assert not codes(tree, "ExecStart=/opt/app/bin/run")


def test_samples_in_the_tree_are_no_units_of_it(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A unit file elsewhere in the tree is not read; one from outside of it is on its way there."""
    text = "[Service]\nExecStart=/opt/none\n"
    (tree / "opt/app/sample.service").write_text(text)
    assert not unitlint.check_paths([tree], root=str(tree), select=["UL5"]).findings
    outside = tmp_path_factory.mktemp("units") / "sample.service"
    outside.write_text(text)
    (found,) = unitlint.check_paths([outside], root=str(tree), select=["UL5"]).findings
    assert found.code == "UL503"
