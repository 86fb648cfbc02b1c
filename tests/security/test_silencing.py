"""An image has no say in how it is checked; what settings and ignore files take out of a checkout is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.security.hostile import UNIT, repository, run, write


def output(tmp_path: Path, folder: Path, *words: str) -> str:
    found = run("check", "--output-format", "concise", *words, cwd=folder, log=tmp_path / "audit")
    return found.out + found.err


@pytest.mark.parametrize(
    ("name", "text"),
    [("etc/systemd/system/.gitignore", "*.service\n"), (".gitignore", "*\n"), ("etc/.git/HEAD", ""),
     ("setup.cfg", "[unitlint]\nignore = ALL\n"), ("etc/systemd/.unitlint.toml", 'ignore = ["ALL"]\n'),
     ("etc/systemd/system/pyproject.toml", "[tool.unitlint]\nexclude = ['*']\n"), ("unitlint.toml", "no toml\n")],
)  # fmt: skip
@pytest.mark.parametrize("words", [("--root", "img"), ("--root", "img", "img"), ("--root", ".", "etc")], ids=" ".join)
def test_an_image_does_not_silence_its_own_check(tmp_path: Path, name: str, text: str, words: tuple[str, ...]) -> None:
    img = write(tmp_path / "project/img", {"etc/systemd/system/app.service": UNIT, name: text})
    found = output(tmp_path, img if "." in words else img.parent, *words)
    assert "on-fail" in found
    assert "Left out" not in found


def test_the_settings_of_the_project_around_an_image_hold(tmp_path: Path) -> None:
    files = {"img/etc/systemd/system/app.service": UNIT, "img/setup.cfg": "[unitlint]\nignore = ALL\n",
             "unitlint.toml": 'select = ["UL301"]\n'}  # fmt: skip
    found = output(tmp_path, write(tmp_path / "project", files), "--root", "img")
    assert "UL301" in found
    assert "on-fail" not in found


def test_outside_of_repositories_ignore_files_do_not_count(tmp_path: Path) -> None:
    folder = write(tmp_path / "folder", {"app.service": UNIT, ".gitignore": "*.service\n", "repo/b.service": UNIT})
    repository(folder / "repo", {".gitignore": "b.service\n"})
    found = output(tmp_path, folder)
    assert "app.service:6" in found
    assert "b.service:" not in found
    assert "Left out: 1 file by .gitignore or `exclude`." in found


def test_what_settings_and_ignore_files_take_out_is_counted(tmp_path: Path) -> None:
    files = {"app.service": UNIT, "a/x.service": UNIT, "b/y.service": UNIT, "z.service": UNIT, ".gitignore": "a/\n",
             "unitlint.toml": 'exclude = ["b", "z.service"]\nignore = ["UL3"]\n'}  # fmt: skip
    found = output(tmp_path, repository(tmp_path / "checkout", files), "-v")
    assert "skipped a: a .gitignore or `exclude` leaves this directory out" in found
    assert "skipped z.service: a .gitignore or `exclude` leaves this file out" in found
    (line,) = [line for line in found.splitlines() if line.startswith("Left out: ")]
    assert line.startswith("Left out: 1 file and 2 directories by .gitignore or `exclude`, ")
    assert "rules by `ignore`" in line


def test_everything_ignored_is_told(tmp_path: Path) -> None:
    files = {"app.service": UNIT, "setup.cfg": "[unitlint]\nignore = ALL\n"}
    assert "rules by `ignore`" in output(tmp_path, repository(tmp_path / "checkout", files))
