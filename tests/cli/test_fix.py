"""--fix, --unsafe-fixes, --diff and --fix-only, as a person uses them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BROKEN = b"""\
[Unit]
Description=Caf\xc3\xa9 \xe2\x80\x9cNord\xe2\x80\x9d
BindTo=db.service
After=db.service

[Service]
ExecStart=/usr/bin/app
Restart=onfailure
MemroyMax=1GB
NoNewPrivileges=yes
# as it was
StartLimitIntervalSec=30
OOMScoreAdjust=-1001
"""
MENDED = b"""\
[Unit]
Description=Caf\xc3\xa9 \xe2\x80\x9cNord\xe2\x80\x9d
BindsTo=db.service
After=db.service
StartLimitIntervalSec=30

[Service]
ExecStart=/usr/bin/app
Restart=on-failure
MemoryMax=1G
NoNewPrivileges=yes
# as it was
OOMScoreAdjust=-1001
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.service").write_bytes(BROKEN)
    return tmp_path


def check(cwd: Path, *words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--output-format=concise", *words]
    return subprocess.run(command, cwd=cwd, input=given, capture_output=True, check=False, env=os.environ)


def test_fix_mends_what_is_sure_and_reports_the_rest(folder: Path) -> None:
    done = check(folder, "--fix")
    assert (folder / "app.service").read_bytes() == MENDED
    assert done.returncode == 1
    assert b"\napp.service:13:16: error[UL104] " in b"\n" + done.stdout
    assert done.stderr == b"Fixed 5 findings in 1 file.\n"
    assert b"fixable with --fix --unsafe-fixes" in done.stdout


def test_a_second_run_changes_nothing(folder: Path) -> None:
    check(folder, "--fix", "--unsafe-fixes")
    first = (folder / "app.service").read_bytes()
    before = (folder / "app.service").stat()
    done = check(folder, "--fix", "--unsafe-fixes")
    assert (folder / "app.service").read_bytes() == first
    assert (folder / "app.service").stat().st_ino == before.st_ino
    assert b"Fixed" not in done.stderr


def test_unsafe_fixes_are_applied_when_asked_for_only(folder: Path) -> None:
    check(folder, "--fix", "--unsafe-fixes")
    assert (folder / "app.service").read_bytes() == MENDED.replace(b"-1001", b"-1000")


def test_unsafe_fixes_alone_change_nothing_but_the_mark(folder: Path) -> None:
    plain, marked = check(folder, "--select=UL104"), check(folder, "--select=UL104", "--unsafe-fixes")
    assert b"[*]" not in plain.stdout.splitlines()[0]
    assert b"error[UL104] ignored: " in marked.stdout
    assert (folder / "app.service").read_bytes() == BROKEN


def test_diff_writes_nothing_and_git_takes_it(folder: Path) -> None:
    done = check(folder, "--diff")
    assert done.returncode == 1
    assert (folder / "app.service").read_bytes() == BROKEN
    assert b"-MemroyMax=1GB\n" in done.stdout
    assert b"+MemoryMax=1G\n" in done.stdout
    subprocess.run(["git", "apply", "-p0", "-"], cwd=folder, input=done.stdout, check=True)
    assert (folder / "app.service").read_bytes() == MENDED


def test_diff_of_a_clean_file_is_empty(folder: Path) -> None:
    (folder / "app.service").write_bytes(MENDED)
    done = check(folder, "--diff")
    assert (done.returncode, done.stdout) == (0, b"")


def test_fix_only_reports_nothing(folder: Path) -> None:
    done = check(folder, "--fix-only")
    assert (done.returncode, done.stdout) == (0, b"")
    assert (folder / "app.service").read_bytes() == MENDED


def test_standard_input_comes_back_mended(folder: Path) -> None:
    done = check(folder, "--fix", "-", "--stdin-filename=app.service", given=BROKEN)
    assert done.stdout == MENDED
    assert done.returncode == 1
    assert b"UL104" in done.stderr


def test_standard_input_without_a_mend_comes_back_as_it_is(folder: Path) -> None:
    text = b"\xef\xbb\xbf[Unit]\r\nDescription=\xff"
    assert check(folder, "--fix", "-", "--stdin-filename=app.service", given=text).stdout == text


def test_line_ends_and_byte_order_mark_stay(folder: Path) -> None:
    text = b"\xef\xbb\xbf" + BROKEN.replace(b"\n", b"\r\n").rstrip(b"\r\n")
    (folder / "app.service").write_bytes(text)
    check(folder, "--fix")
    expected = b"\xef\xbb\xbf" + MENDED.replace(b"\n", b"\r\n").rstrip(b"\r\n")
    assert (folder / "app.service").read_bytes() == expected


def test_a_file_that_cannot_be_written_is_reported_and_the_others_are_mended(folder: Path) -> None:
    (folder / "tree").mkdir()
    (folder / "tree" / "other.service").write_bytes(BROKEN)
    (folder / "tree" / "app.service").symlink_to("../app.service")
    done = check(folder, "--fix", "--follow-links", "tree")
    assert done.returncode == 2
    assert b"tree/app.service: left as it is: it is a symlink" in done.stderr
    assert b"tree/app.service:3:1: info[UL112]" in done.stdout
    assert (folder / "app.service").read_bytes() == BROKEN
    assert (folder / "tree" / "other.service").read_bytes() == MENDED


def test_several_processes_find_the_same_fixes(folder: Path) -> None:
    for number in range(250):
        (folder / f"app{number}.service").write_bytes(BROKEN)
    done = check(folder, "--fix", "--jobs=2", "--quiet")
    assert done.returncode == 1
    assert {file.read_bytes() for file in folder.iterdir()} == {MENDED}


def test_what_a_comment_or_the_baseline_covers_is_not_mended(folder: Path) -> None:
    text = BROKEN.replace(b"Restart=", b"# unitlint: ignore[UL103] we like it so\nRestart=")
    (folder / "app.service").write_bytes(text)
    check(folder, "--write-baseline=base.json", "--select=UL101", ".")
    check(folder, "--fix", "--baseline=base.json", "--select=UL101,UL103")
    assert (folder / "app.service").read_bytes() == text


def test_a_mend_has_to_suit_every_release(folder: Path) -> None:
    """ExtensionDirectories= is of 251: for 247 it is no mend."""
    (folder / "app.service").write_text("[Service]\nExecStart=/usr/bin/app\nExtensionDirectorie=/srv/x\n")
    words = ("--select=UL101", "--diff", "--systemd-version")
    assert b"+ExtensionDirectories=" in check(folder, *words, "252").stdout
    assert check(folder, *words, "247,252").stdout == b""


def test_baseline_and_fixes_do_not_mix(folder: Path) -> None:
    assert check(folder, "--fix", "--write-baseline=x.json").returncode == 2
