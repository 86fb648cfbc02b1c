"""--diff-base: what stands on lines that were changed, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.changes.repositories import commit_all, environment, git

pytestmark = pytest.mark.skipif(which("git") is None, reason="needs git")

BAD = "[Service]\nExecStart=/usr/bin/app\nNice=loud\nUMask=none\n"


def check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--output-format=concise"]
    if not any(word.startswith("--select") for word in words):
        command.append("--select=UL103,UL303")
    return subprocess.run(
        [*command, *words], cwd=folder, capture_output=True, text=True, check=False, env=environment()
    )


def found(folder: Path, *words: str) -> list[str]:
    """``file:line`` of each finding."""
    done = check(folder, *words)
    assert done.returncode in (0, 1), done.stderr
    return [":".join(line.split(":")[:2]) for line in done.stdout.splitlines() if "[UL" in line]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "old.service").write_text(BAD)
    (tmp_path / ".gitignore").write_text("/build\n")
    commit_all(tmp_path)
    return tmp_path


def test_what_was_there_is_left_out(folder: Path) -> None:
    assert found(folder) == ["units/old.service:3", "units/old.service:4"]
    assert found(folder, "--diff-base", "HEAD") == []
    assert check(folder, "--diff-base", "HEAD").returncode == 0


def test_committed_staged_and_unstaged_lines_count(folder: Path) -> None:
    unit = folder / "units" / "old.service"
    git(folder, "tag", "start")
    unit.write_text(BAD.replace("loud", "louder"))
    assert found(folder, "--diff-base", "start") == ["units/old.service:3"]
    git(folder, "add", "--all")
    assert found(folder, "--diff-base", "start") == ["units/old.service:3"]
    commit_all(folder)
    assert found(folder, "--diff-base", "start") == ["units/old.service:3"]
    assert found(folder, "--diff-base=HEAD~1") == ["units/old.service:3"]
    assert found(folder, "--diff-base=HEAD") == []


def test_moved_lines_are_not_changed(folder: Path) -> None:
    (folder / "units" / "old.service").write_text("# Moves everything down.\n\n" + BAD)
    assert found(folder, "--diff-base=HEAD") == []


def test_whole_new_files_count_untracked_or_not(folder: Path) -> None:
    (folder / "staged ones").mkdir()
    (folder / "staged ones" / "a.service").write_text(BAD)
    git(folder, "add", "--all")
    (folder / "ünträcked").mkdir()
    (folder / "ünträcked" / "b.service").write_text(BAD)
    (folder / "build").mkdir()
    (folder / "build" / "ignored.service").write_text(BAD)
    wanted = ["staged ones/a.service:3", "staged ones/a.service:4"]
    wanted += ["ünträcked/b.service:3", "ünträcked/b.service:4"]
    assert found(folder, "--diff-base=HEAD") == wanted
    assert found(folder, "--diff-base=HEAD", "build/ignored.service") == [
        "build/ignored.service:3", "build/ignored.service:4",
    ]  # fmt: skip
    (folder / "units" / "empty.service").touch()
    git(folder, "add", "--all")
    assert found(folder, "--diff-base=HEAD", "--select=UL0", "units/empty.service") == ["units/empty.service:1"]


def test_renamed_files_keep_their_old_lines(folder: Path) -> None:
    git(folder, "mv", "units/old.service", "units/new.service")
    (folder / "units" / "new.service").write_text(BAD.replace("none", "nothing"))
    assert found(folder, "--diff-base=HEAD") == ["units/new.service:4"]


def test_a_related_place_counts(folder: Path) -> None:
    """A drop-in lowers the limit: what is now wrong stands in a file that was not changed."""
    unit = folder / "units" / "web.service"
    unit.write_text("[Service]\nExecStart=/usr/bin/web\nMemoryHigh=2G\nMemoryMax=4G\n")
    commit_all(folder)
    drop_in = folder / "units" / "web.service.d" / "limits.conf"
    drop_in.parent.mkdir()
    drop_in.write_text("[Service]\nMemoryMax=1G\n")
    assert found(folder, "--diff-base=HEAD") == ["units/web.service:3"]
    commit_all(folder)
    assert found(folder, "--diff-base=HEAD") == []


def test_a_line_within_a_continued_value_counts(folder: Path) -> None:
    unit = folder / "units" / "old.service"
    unit.write_text("[Service]\nExecStart=/usr/bin/app\nLimitNOFILE=1 \\\n  2 \\\n  many\n")
    commit_all(folder)
    unit.write_text("[Service]\nExecStart=/usr/bin/app\nLimitNOFILE=1 \\\n  3 \\\n  many\n")
    assert found(folder, "--diff-base=HEAD") == ["units/old.service:3"]


def test_line_ends_that_only_systemd_knows(folder: Path) -> None:
    unit = folder / "units" / "old.service"
    unit.write_bytes(b"[Service]\rExecStart=/usr/bin/app\r\nNice=loud\r\nUMask=none\r\n")
    commit_all(folder)
    unit.write_bytes(b"[Service]\rExecStart=/usr/bin/app\r\nNice=louder\r\nUMask=none\r\n")
    assert found(folder, "--diff-base=HEAD") == ["units/old.service:3"]


def test_settings_of_git_change_nothing(folder: Path) -> None:
    for setting in ("diff.noprefix=true", "color.ui=always", "diff.external=false", "diff.renames=false",
                    "diff.interHunkContext=9", "diff.relative=true", "core.quotePath=true"):  # fmt: skip
        git(folder, "config", *setting.split("="))
    (folder / ".gitattributes").write_text("*.service binary\n")
    git(folder, "mv", "units", "ünits")
    (folder / "ünits" / "old.service").write_text(BAD.replace("none", "nothing"))
    assert found(folder / "ünits", "--diff-base=HEAD") == ["old.service:4"]
    assert found(folder.parent, "--diff-base=HEAD", folder.name) == [f"{folder.name}/ünits/old.service:4"]


def test_a_branch_since_it_parted(folder: Path) -> None:
    """`main...` leaves out what main has changed meanwhile."""
    git(folder, "checkout", "--quiet", "-b", "topic")
    git(folder, "checkout", "--quiet", "main")
    (folder / "units" / "old.service").write_text(BAD.replace("loud", "5"))
    commit_all(folder)
    git(folder, "checkout", "--quiet", "topic")
    (folder / "units" / "own.service").write_text(BAD)
    commit_all(folder)
    assert found(folder, "--diff-base=main...") == ["units/own.service:3", "units/own.service:4"]
    assert "units/old.service:3" in found(folder, "--diff-base=main")


def test_links_to_other_files(folder: Path) -> None:
    vendor = folder / "vendor"
    vendor.mkdir()
    for name in ("one.conf", "two.conf"):
        (vendor / name).write_text("[Service]\nNice=loud\n")
    drop_in = folder / "units" / "old.service.d" / "nice.conf"
    drop_in.parent.mkdir()
    drop_in.symlink_to("../../vendor/one.conf")
    commit_all(folder)
    place = "units/old.service.d/nice.conf:2"
    assert place not in found(folder, "--diff-base=HEAD")
    (vendor / "one.conf").write_text("[Service]\nNice=louder\n")
    assert place in found(folder, "--diff-base=HEAD")
    git(folder, "checkout", "--quiet", ".")
    drop_in.unlink()
    drop_in.symlink_to("../../vendor/two.conf")
    assert place in found(folder, "--diff-base=HEAD")


def test_submodules(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "sub.service").write_text(BAD)
    commit_all(other)
    git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    commit_all(folder)
    assert found(folder, "--diff-base=HEAD") == []
    (folder / "sub" / "sub.service").write_text(BAD.replace("none", "nothing"))
    assert found(folder, "--diff-base=HEAD") == ["sub/sub.service:4"]


def test_a_baseline_comes_first(folder: Path) -> None:
    check(folder, "--write-baseline", "known.json")
    (folder / "units" / "old.service").write_text(BAD + "LimitCORE=lots\n")
    assert found(folder, "--diff-base=HEAD", "--baseline=known.json") == ["units/old.service:5"]


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text(BAD)
    done = check(tmp_path, "--diff-base=HEAD")
    assert done.returncode == 2
    assert f"--diff-base needs a git repository, and {tmp_path} is in none" in done.stderr
    assert "--write-baseline" in done.stderr


@pytest.mark.parametrize(
    ("revision", "hint"), [("mian", "did you mean `main`?"), ("v9", "fetch it there first"), ("--output=x", "a branch")]
)
def test_an_unknown_revision(folder: Path, revision: str, hint: str) -> None:
    done = check(folder, f"--diff-base={revision}")
    assert done.returncode == 2
    assert f"git knows no revision `{revision}`" in done.stderr
    assert hint in done.stderr


def test_a_repository_without_commits(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a.service").write_text(BAD)
    done = check(tmp_path, "--diff-base=HEAD")
    assert (done.returncode, "no revision `HEAD`" in done.stderr) == (2, True)


def test_no_git(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "unitlint", "check", "--diff-base=HEAD", "."],
        cwd=folder, capture_output=True, text=True, check=False, env={**environment(), "PATH": ""},
    )  # fmt: skip
    assert (done.returncode, "git, which is not installed" in done.stderr) == (2, True)


@pytest.mark.parametrize("words", [["--write-baseline=x.json"], ["-"]])
def test_what_it_does_not_go_with(folder: Path, words: list[str]) -> None:
    done = check(folder, "--diff-base=HEAD", *words)
    assert (done.returncode, "--diff-base goes neither" in done.stderr) == (2, True)
