"""A file is the old or the new one, whatever happens, and keeps its mode, its owner and its place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from unitlint.fix.write import NotWrittenError, replace_text


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


KILLED_AT_EVERY_STEP = """
import os, signal, sys
from unitlint.fix.write import replace_text
path, tree = sys.argv[1:]
old, new = "A" * 200_000, "B" * 100_000

def write_and_die(step):
    # Dies right before the step-th call of a function of the system or of C, such as open, write or rename.
    def count(frame, event, argument):
        nonlocal step
        if event == "c_call":
            step -= 1
            if step == 0:
                os.kill(os.getpid(), signal.SIGKILL)
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
    print(text[0], end="")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_killed_at_any_step_a_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "a.service"
    file.write_text("A" * 200_000)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EVERY_STEP, str(file), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch("A{10,}B+", done.stdout), "old until it is replaced, new from then on"
