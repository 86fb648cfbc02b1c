"""Environment files beside a unit in a repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.files.beside import environment_file


@pytest.mark.parametrize(
    ("unit", "path", "file"),
    [
        ("deploy/app.service", "/opt/app/app.env", "deploy/app.env"),
        ("deploy/app.service", "/opt/app/.env", "deploy/.env"),
        ("debian/app.service", "/etc/default/app", "debian/app.default"),
        ("dist/app.service", "/etc/sysconfig/app", "dist/app.sysconfig"),
        ("files/etc/systemd/system/app.service", "/etc/default/app", "files/etc/default/app"),
    ],
)
def test_is_found(tmp_path: Path, unit: str, path: str, file: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_bytes(b"A=1\n")
    assert environment_file(str(tmp_path / unit), path, 3) == (str(tmp_path / file), b"A=1")


def test_is_not_taken_for_one(tmp_path: Path) -> None:
    """The program of the same name, a folder, and a link."""
    (tmp_path / "app").write_bytes(b"#!/bin/sh\n")
    (tmp_path / "folder.env").mkdir()
    (tmp_path / "link.env").symlink_to("/etc/passwd")
    for path in ("/etc/default/app", "/opt/app/folder.env", "/opt/app/link.env", "/opt/app/none.env"):
        assert environment_file(str(tmp_path / "app.service"), path, 10) is None


def test_nothing_is_read_outside_of_the_tree(tmp_path: Path) -> None:
    """Neither by dots nor by a link on the way: what stands there would be shown in a report."""
    (tmp_path / "outside/default").mkdir(parents=True)
    (tmp_path / "outside/default/app").write_text("SECRET\n")
    (tmp_path / "tree/etc/systemd/system").mkdir(parents=True)
    unit = str(tmp_path / "tree/etc/systemd/system/app.service")
    (tmp_path / "tree/etc/default").symlink_to(tmp_path / "outside/default")
    for path in ("/etc/default/app", "/../outside/default/app", "/etc/../../outside/default/app"):
        assert environment_file(unit, path, 10) is None
    (tmp_path / "tree/etc/default").unlink()
    (tmp_path / "tree/etc/default").mkdir()
    (tmp_path / "tree/etc/default/app").symlink_to(tmp_path / "outside/default/app")
    assert environment_file(unit, "/etc/default/app", 10) is None
