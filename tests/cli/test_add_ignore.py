"""--add-ignore: afterwards there is nothing to report, and nothing else has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

BAD = "[Unit]\nDescription=Old\n\n[Service]\nExecStart=/usr/bin/app\nNice=loud\n"
MARKED = BAD.replace("Nice", "# unitlint: ignore[UL103]\nNice")


def check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--output-format=concise", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ)


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "old.service"
    path.write_text(BAD)
    path.chmod(0o640)
    return path


def test_comments_are_written(unit: Path) -> None:
    done = check(unit.parent, "--select=UL103", "--add-ignore")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Added comments for 1 finding to 1 file.\n"
    assert unit.read_text() == MARKED
    assert unit.stat().st_mode & 0o777 == 0o640
    assert check(unit.parent, "--select=UL103").returncode == 0


def test_every_example_is_silent_afterwards(repository: Path, tmp_path: Path) -> None:
    """The examples hold a mistake of every category; a second run has nothing to add.

    Into YAML files nothing is written (tests/places/test_embedded.py).
    """
    copytree(repository / "examples", tmp_path / "examples", ignore=ignore_patterns("embedded"))
    done = check(tmp_path, "--profile=strict", "--add-ignore")
    assert done.returncode == 0, done.stderr
    once = texts(tmp_path)
    assert check(tmp_path, "--profile=strict", "--fail-on=info").stdout.startswith("All clear")
    done = check(tmp_path, "--profile=strict", "--add-ignore")
    assert done.stderr == "Added comments for 0 findings to 0 files.\n"
    assert texts(tmp_path) == once


def test_what_is_left_out_gets_no_comment(unit: Path) -> None:
    check(unit.parent, "--select=UL103", "--write-baseline=known.json")
    assert check(unit.parent, "--select=UL103", "--baseline=known.json", "--add-ignore").returncode == 0
    assert unit.read_text() == BAD


def test_what_cannot_hold_a_comment_stays(tmp_path: Path) -> None:
    (tmp_path / "empty.service").touch()
    (tmp_path / "old.service").write_text(BAD.replace("loud", "5").replace("Nice", "# unitlint: ignore[UL103]\nNice"))
    done = check(tmp_path, "--select=UL0,UL103", "--add-ignore", "--fail-on=info")
    assert done.returncode == 1
    assert "empty.service:1: UL013 stays: no comment is possible there" in done.stderr
    assert "old.service:6: UL014 stays: this comment suppresses nothing; --fix takes it out" in done.stderr
    assert (tmp_path / "empty.service").read_bytes() == b""


def test_files_outside_are_not_written_through_links(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    drop_ins = inside / "web.service.d"
    drop_ins.mkdir(parents=True)
    outside.mkdir()
    (outside / "nice.conf").write_text("[Service]\nNice=loud\n")
    (drop_ins / "nice.conf").symlink_to(outside / "nice.conf")
    assert "nothing was checked" in check(inside, "--select=UL103", "--add-ignore").stderr
    done = check(inside, "--select=UL103", "--add-ignore", "--follow-links")
    assert done.returncode == 1
    assert "UL103 stays: it is a symlink to" in done.stderr
    assert (outside / "nice.conf").read_text() == "[Service]\nNice=loud\n"
    assert check(tmp_path, "--select=UL103", "--add-ignore").returncode == 0
    assert (drop_ins / "nice.conf").is_symlink()
    assert (outside / "nice.conf").read_text() == "[Service]\n# unitlint: ignore[UL103]\nNice=loud\n"


@pytest.mark.parametrize("words", [["--no-ignores"], ["--write-baseline=x.json"], ["-"], ["--fix"], ["--diff"]])
def test_what_it_does_not_go_with(unit: Path, words: list[str]) -> None:
    done = check(unit.parent, "--add-ignore", *words)
    assert (done.returncode, "--add-ignore does not go with" in done.stderr) == (2, True)
    assert unit.read_text() == BAD
