"""A file is the old or the new one, whatever happens, and keeps its mode, its owner and its place."""

from __future__ import annotations

import os
import signal
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


REWRITER = """
import sys
from unitlint.fix.write import replace_text
path, tree = sys.argv[1:]
text, other = "A" * 200_000, "B" * 100_000
while True:
    print("written", flush=True)
    replace_text(path, text, other, [tree])
    text, other = other, text
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_any_moment_a_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    """A process that writes all the time, killed 25 times."""
    file = tmp_path / "a.service"
    seen = set()
    for number in range(25):
        file.write_text("A" * 200_000)
        with subprocess.Popen(
            [sys.executable, "-c", REWRITER, str(file), str(tmp_path)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            for _ in range(1 + number % 5):
                assert process.stdout.readline() == b"written\n"
            for _ in range(number * 400):
                pass
            process.send_signal(signal.SIGKILL)
        text = file.read_text()
        assert text in ("A" * 200_000, "B" * 100_000)
        seen.add(text[:1])
    assert seen == {"A", "B"}, "no process was killed after it had begun to write"
