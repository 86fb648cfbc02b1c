"""--write-baseline and --baseline: what is known is left out, what is new is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BAD = "[Unit]\nDescription=Old\n\n[Service]\nExecStart=/usr/bin/app\nNice=loud\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "old.service").write_text(BAD)
    return tmp_path


def check(cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "unitlint",
        "check",
        "--isolated",
        "--select=UL103",
        "--output-format=concise",
        *words,
    ]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=os.environ)


def test_known_findings_are_left_out(folder: Path) -> None:
    written = check(folder, "--write-baseline", "base.json", "units")
    assert written.returncode == 0
    assert written.stdout == ""
    assert "Wrote 1 finding to base.json" in written.stderr
    assert check(folder, "units").returncode == 1
    assert check(folder, "--baseline", "base.json", "units").returncode == 0


def test_moved_lines_stay_known_and_changed_ones_do_not(folder: Path) -> None:
    check(folder, "--write-baseline", "base.json", "units")
    unit = folder / "units" / "old.service"
    unit.write_text("# a comment moves everything down\n\n" + BAD)
    assert check(folder, "--baseline", "base.json", "units").returncode == 0
    unit.write_text(BAD.replace("loud", "quiet"))
    assert check(folder, "--baseline", "base.json", "units").returncode == 1


def test_a_second_mistake_of_the_same_kind_is_new(folder: Path) -> None:
    check(folder, "--write-baseline", "base.json", "units")
    (folder / "units" / "new.service").write_text(BAD)
    done = check(folder, "--baseline", "base.json", "units")
    assert done.returncode == 1
    assert "new.service" in done.stdout
    assert "old.service" not in done.stdout


def test_paths_are_seen_from_the_baseline(folder: Path) -> None:
    check(folder, "--write-baseline", "base.json", "units")
    assert check(folder / "units", "--baseline", "../base.json", "old.service").returncode == 0
    known = json.loads((folder / "base.json").read_text())
    assert next(iter(known["findings"].values())).startswith("UL103 units/old.service: invalid value `loud`")


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9}', "\udcff"])
def test_what_is_no_baseline(folder: Path, text: str) -> None:
    (folder / "base.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = check(folder, "--baseline", "base.json", "units")
    assert done.returncode == 2
    assert "this is not a baseline" in done.stderr


def test_a_missing_baseline(folder: Path) -> None:
    done = check(folder, "--baseline", "base.json", "units")
    assert done.returncode == 2
    assert "write one with --write-baseline" in done.stderr


def test_a_baseline_in_the_settings(folder: Path) -> None:
    """Hooks, CI and editors need no option for it, wherever they are started; writing it anew writes all of it."""
    settings = folder / "unitlint.toml"
    settings.write_text("select = ['UL103']\nbaseline = 'known.json'\n")
    command = [sys.executable, "-m", "unitlint", "check"]

    def run(*words: str, cwd: Path = folder) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *words], cwd=cwd, capture_output=True, text=True, check=False, env=os.environ)

    missing = run()
    assert (missing.returncode, "write one with --write-baseline" in missing.stderr) == (2, True)
    assert run("--write-baseline", "known.json").returncode == 0
    assert run().returncode == 0
    assert run("old.service", cwd=folder / "units").returncode == 0
    (folder / "units" / "old.service").write_text(BAD + "LimitCORE=lots\n")
    assert run("--output-format=concise").stdout.count("UL103") == 1
    assert "Wrote 2 findings" in run("--write-baseline", "known.json").stderr
    assert run("--isolated", "--select=UL103").returncode == 1
