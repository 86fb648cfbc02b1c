"""A file is the old or the new one, whatever happens, and keeps its mode, its owner and its place."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from unitlint.base.whole_file import clear_temporary_files, write_new, write_whole
from unitlint.fix.write import NotWrittenError, create_text, replace_text


def test_mode_and_neighbours_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    file.chmod(0o640)
    replace_text(str(file), "old", "new", [str(tmp_path)])
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o7777 == 0o640
    assert os.listdir(tmp_path) == ["a.service"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    os.chown(file, 12345, 54321)
    replace_text(str(file), "old", "new", [str(tmp_path)])
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 54321)


def test_a_symlink_stays_one_and_its_target_within_the_tree_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.service").write_text("old")
    (tmp_path / "alias.service").symlink_to("real.service")
    replace_text(str(tmp_path / "alias.service"), "old", "new", [str(tmp_path)])
    assert (tmp_path / "alias.service").is_symlink()
    assert (tmp_path / "real.service").read_text() == "new"


def test_a_symlink_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    outside, tree = tmp_path / "outside.service", tmp_path / "tree"
    outside.write_text("old")
    tree.mkdir()
    (tree / "a.service").symlink_to(outside)
    with pytest.raises(NotWrittenError, match="outside"):
        replace_text(str(tree / "a.service"), "old", "new", [str(tree)])
    assert outside.read_text() == "old"


def test_a_symlinked_folder_out_of_the_tree_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.service").write_text("old")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "units").symlink_to(tmp_path / "outside")
    with pytest.raises(NotWrittenError, match="outside"):
        replace_text(str(tmp_path / "tree/units/a.service"), "old", "new", [str(tmp_path / "tree")])


def test_what_somebody_else_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("newer")
    with pytest.raises(NotWrittenError, match="meantime"):
        replace_text(str(file), "old", "new", [str(tmp_path)])
    assert file.read_text() == "newer"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWrittenError, match="No space left"):
        replace_text(str(file), "old", "new", [str(tmp_path)])
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.service"]


def _acl(*entries: tuple[int, int, int]) -> bytes:
    """An access control list as the kernel keeps it: tag, permissions, number (linux/posix_acl_xattr.h)."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
FOR_USER_1000 = _acl((1, 6, NOBODY), (2, 4, 1000), (4, 0, NOBODY), (16, 4, NOBODY), (32, 0, NOBODY))
DEFAULT = _acl((1, 7, NOBODY), (2, 7, 1000), (4, 7, NOBODY), (16, 7, NOBODY), (32, 7, NOBODY))


def _set(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except (AttributeError, OSError):
        pytest.skip("this file system keeps no such attributes")


def test_access_control_list_and_attributes_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    file.chmod(0o600)
    _set(file, "user.note", b"kept")
    _set(file, "system.posix_acl_access", FOR_USER_1000)
    mode = file.stat().st_mode
    replace_text(str(file), "old", "new", [str(tmp_path)])
    assert os.getxattr(file, "user.note") == b"kept"
    assert os.getxattr(file, "system.posix_acl_access") == FOR_USER_1000
    assert file.stat().st_mode == mode


def test_a_list_that_the_folder_gives_to_new_files_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    file.chmod(0o640)
    _set(tmp_path, "system.posix_acl_default", DEFAULT)
    replace_text(str(file), "old", "new", [str(tmp_path)])
    assert os.listxattr(file) == []
    assert file.stat().st_mode & 0o777 == 0o640


def test_an_attribute_that_cannot_be_kept_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    _set(file, "user.note", b"kept")

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", refused)
    with pytest.raises(NotWrittenError, match=r"user\.note cannot be kept"):
        replace_text(str(file), "old", "new", [str(tmp_path)])
    assert (file.read_text(), os.listdir(tmp_path)) == ("old", ["a.service"])


def test_a_file_with_hard_links_is_left_with_a_word(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    os.link(file, tmp_path / "b.service")
    with pytest.raises(NotWrittenError, match="hard links"):
        replace_text(str(file), "old", "new", [str(tmp_path)])
    assert file.read_text() == "old"
    assert file.samefile(tmp_path / "b.service")


@pytest.mark.parametrize("save", ["in place", "exchanged"])
def test_what_an_editor_saves_while_the_new_file_is_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: str
) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")
    sync = os.fsync

    def saves(descriptor: int) -> None:
        sync(descriptor)
        target = file if save == "in place" else tmp_path / "swap"
        target.write_text("saved")
        target.rename(file)

    monkeypatch.setattr(os, "fsync", saves)
    with pytest.raises(NotWrittenError, match="meantime"):
        replace_text(str(file), "old", "new", [str(tmp_path)])
    assert (file.read_text(), os.listdir(tmp_path)) == ("saved", ["a.service"])


def test_what_a_killed_run_left_goes_at_the_next_one(tmp_path: Path) -> None:
    file, left = tmp_path / "a.service", tmp_path / ".unitlint-0123456789abcdef.tmp"
    file.write_text("old")
    left.write_text("half")
    (tmp_path / ".unitlint-notes.tmp").write_text("somebody's")
    replace_text(str(file), "old", "new", [str(tmp_path)])
    assert sorted(os.listdir(tmp_path)) == [".unitlint-notes.tmp", "a.service"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
def test_what_another_run_is_writing_stays(tmp_path: Path) -> None:
    import fcntl

    being_written = tmp_path / ".unitlint-0123456789abcdef.tmp"
    with being_written.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        clear_temporary_files(str(tmp_path))
        assert being_written.exists()
    clear_temporary_files(str(tmp_path))
    assert not being_written.exists()


def test_a_link_out_of_the_root_tree_is_not_written_even_if_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "outside" / "system").mkdir(parents=True)
    unit = tmp_path / "outside" / "system" / "a.service"
    unit.write_text("old")
    (tmp_path / "img" / "etc").mkdir(parents=True)
    (tmp_path / "img" / "etc" / "systemd").symlink_to(tmp_path / "outside")
    named = str(tmp_path / "img/etc/systemd/system")
    with pytest.raises(NotWrittenError, match="outside of the root directory"):
        replace_text(f"{named}/a.service", "old", "new", [named], str(tmp_path / "img"))
    assert unit.read_text() == "old"


def test_an_interrupt_right_after_the_exchange_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = tmp_path / "a.service"
    unit.write_text("old")
    exchange = os.replace

    def interrupted(source: str, target: str) -> None:
        exchange(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_text(str(unit), "old", "new", [str(tmp_path)])
    assert unit.read_text() == "new"
    assert os.listdir(tmp_path) == ["a.service"]


def test_a_new_file_is_not_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for written in (write_whole, write_new):
        with pytest.raises(OSError, match="No space left"):
            written(str(tmp_path / "report.json"), b"[]")
        assert os.listdir(tmp_path) == []


def test_folders_made_for_a_new_file_go_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    (tmp_path / "there").mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        for name in ("a.service.d/50-x.conf", "there/b/c/50-x.conf"):
            with pytest.raises(OSError, match="No space"):
                create_text(str(tmp_path / name), "[Service]\n", str(tmp_path))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["there"]
    create_text(str(tmp_path / "there/b/50-x.conf"), "[Service]\n", str(tmp_path))
    with pytest.raises(FileExistsError):
        create_text(str(tmp_path / "there/b/50-x.conf"), "", str(tmp_path))
    assert (tmp_path / "there/b/50-x.conf").read_text() == "[Service]\n"


def test_a_report_takes_the_place_of_an_older_one_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.json"
    report.write_bytes(b"older")
    report.chmod(0o604)
    write_whole(str(report), b"new")
    assert (report.read_bytes(), report.stat().st_mode & 0o777) == (b"new", 0o604)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(str(report), b"newest")
    assert (report.read_bytes(), os.listdir(tmp_path)) == (b"new", ["report.json"])


KILLED_AT_EVERY_STEP = """
import os, signal, sys
from unitlint.fix.write import replace_text
path, tree = sys.argv[1:3]
if sys.argv[3] != "SIGKILL":
    signal.signal(getattr(signal, sys.argv[3]), signal.SIG_DFL)  # nohup leaves SIGHUP ignored
old, new = "A" * 200_000, "B" * 100_000

def write_and_die(step):
    # Dies right before the step-th call of a function of the system or of C, such as open, write or rename.
    def count(frame, event, argument):
        nonlocal step
        if event == "c_call":
            step -= 1
            if step == 0:
                os.kill(os.getpid(), getattr(signal, sys.argv[3]))
    sys.setprofile(count)
    replace_text(path, old, new, [tree])
    os._exit(0)

replace_text(path, old, new, [tree])  # imports what it needs
step, killed = 0, True
while killed:
    step += 1
    with open(path, "w") as file:
        file.write(old)
    process = os.fork()
    if process == 0:
        write_and_die(step)
    killed = os.WIFSIGNALED(os.waitpid(process, 0)[1])
    with open(path) as file:
        text = file.read()
    assert text in (old, new), (step, len(text))
    assert sys.argv[3] == "SIGKILL" or os.listdir(tree) == ["a.service"], step
    print(text[0], end="")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.parametrize("signal", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_killed_at_any_step_a_file_is_the_old_or_the_new_one(tmp_path: Path, signal: str) -> None:
    """With a signal that can be put off, no temporary file is left either."""
    file = tmp_path / "a.service"
    file.write_text("A" * 200_000)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EVERY_STEP, str(file), str(tmp_path), signal],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch("A{10,}B+", done.stdout), "old until it is replaced, new from then on"


needs_fifos = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")


@needs_fifos
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.service")
    with pytest.raises(NotWrittenError, match="FIFO"):
        replace_text(str(tmp_path / "a.service"), "old", "new", [str(tmp_path)])


@needs_fifos
def test_nor_is_one_that_took_the_place_of_the_file_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.service"
    file.write_text("old")

    def exchange(_descriptor: int) -> None:
        file.unlink()
        os.mkfifo(file)

    monkeypatch.setattr(os, "fsync", exchange)
    with pytest.raises(NotWrittenError, match="changed in the meantime: it is a FIFO"):
        replace_text(str(file), "old", "new", [str(tmp_path)])
    assert os.listdir(tmp_path) == ["a.service"]
