"""Rules that look into a root tree, where the modes matter."""

from __future__ import annotations

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
    assert "may not enter /opt/app" in found
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
    (tree / "opt/app/bin/out").symlink_to("/../../../../../bin/sh")
    (found,) = codes(tree, "ExecStart=/opt/app/bin/out")
    assert found.startswith("UL503")
