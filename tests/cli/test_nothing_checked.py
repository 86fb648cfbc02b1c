"""What was not checked is never told as good news: a word that names it, and exit status 2 where nothing was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.cli.parser import main

GOOD = "[Unit]\nDescription=Nightly\n\n[Timer]\nOnCalendar=daily\n"
NO_UNITS = {
    "notes.txt": "hello\n",
    "passwd": "root:x:0:0:root:/root:/bin/bash\n",
    "org.x.service": "[D-BUS Service]\nName=org.x\nExec=/bin/x\n",
    "ssh.service": "<service-group><name>ssh</name></service-group>\n",
    "eth.network": "[Match]\nName=eth0\n\n[Network]\nDHCP=yes\n",
    "bridge.netdev": "[NetDev]\nName=br0\nKind=bridge\n",
    "box.nspawn": "[Exec]\nBoot=yes\n",
    "values.yaml": "replicas: 2\n",
    "web.container.j2": "{{ content }}\n",
    "run.service": "#!/bin/sh\nexec true\n",
}
REASONS = {
    "notes.txt": "not a unit", "passwd": "not a", "org.x.service": "D-Bus", "ssh.service": "Avahi",
    "eth.network": "networkd", "values.yaml": "it contains no unit", "web.container.j2": "Quadlet",
    "run.service": "a script", "bridge.netdev": "a file of systemd-networkd", "box.nspawn": "a file of systemd-nspawn",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a sound unit, and files that are none."""
    (tmp_path / "unitlint.toml").write_text('profile = "conform"\n')
    (tmp_path / "nightly.timer").write_text(GOOD)
    for name, text in NO_UNITS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", NO_UNITS)
@pytest.mark.parametrize("words", [[], ["-q"], ["--diff"], ["--fix"], ["--output-format", "json"]])
def test_a_named_file_that_is_not_checked(name: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check", name, *words])
    told = capsys.readouterr()
    assert status == 2
    assert f"unitlint: warning: {name} was not checked: " in told.err
    assert REASONS[name] in told.err
    assert "unitlint: nothing was checked; --as app.service" in told.err
    assert "All clear" not in told.out + told.err
    assert main(["check", name, "--allow-empty", *words]) == 0
    told = capsys.readouterr()
    assert f"{name} was not checked" in told.err
    assert "unitlint: warning: nothing was checked" in told.err
    assert "All clear" not in told.out + told.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", [*NO_UNITS, "empty"])
@pytest.mark.parametrize("words", [[], ["-q"]])
def test_beside_others_it_is_a_warning(name: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", name, "nightly.timer", *words]) == 0
    assert f"unitlint: warning: {name} was not checked: " in capsys.readouterr().err


def test_in_folders_they_need_no_word(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().err == ""
    (folder / "nightly.timer").unlink()
    assert main(["check"]) == 2
    told = capsys.readouterr().err
    assert "skipped org.x.service: not a systemd unit but a D-Bus activation file" in told
    assert "--as" not in told


@pytest.mark.parametrize(
    ("gitignore", "settings", "words", "reason"),
    [
        ("*.timer\n", "", [], "; .gitignore leaves out 1 file;"),
        ("", "exclude = ['sub/']\n", [], "; `exclude` leaves out 1 file;"),
        ("", "", ["--exclude", "*.timer"], "; `exclude` leaves out 1 file;"),
        ("*.timer\n", "exclude = ['*.timer']\n", [], "; `exclude` leaves out 1 file;"),
    ],
)
def test_what_is_ignored_is_the_reason(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    gitignore: str,
    settings: str,
    words: list[str],
    reason: str,
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "nightly.timer").write_text(GOOD)
    (tmp_path / ".gitignore").write_text(gitignore)
    (tmp_path / "unitlint.toml").write_text(settings)
    monkeypatch.chdir(tmp_path)
    assert main(["check", *words]) == 2
    assert reason in capsys.readouterr().err
    assert main(["check", "--allow-empty", *words]) == 0


@pytest.mark.usefixtures("folder")
def test_a_named_file_that_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["check", "--force-exclude", "--exclude", "*.timer", "nightly.timer"]
    assert main(words) == 2
    assert "warning: nightly.timer was not checked: `exclude` of the settings leaves it out" in capsys.readouterr().err
    assert main([*words, "--allow-empty"]) == 0


@pytest.mark.usefixtures("folder")
def test_a_root_tree_without_units(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnitlintError, match="no directory of units below empty"):
        main(["check", "--root", "empty"])
    assert main(["check", "--root", "empty", "--allow-empty"]) == 0
    assert "no directory of units below empty" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_programs_are_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "empty", "--output-format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["summary"]["unreadable"][0].startswith("nothing was checked")
    assert main(["check", "empty", "--output-format", "junit"]) == 2
    assert "<error " in capsys.readouterr().out
    assert main(["check", "empty", "--allow-empty", "--output-format", "junit"]) == 0
    assert "<skipped " in capsys.readouterr().out


@pytest.mark.parametrize("settings", ["", "fail-on = 'never'\n"])
def test_no_setting_makes_it_good_news(folder: Path, settings: str) -> None:
    (folder / "unitlint.toml").write_text(settings)
    assert main(["check", "notes.txt"]) == 2
    assert main(["check", "notes.txt", "--fail-on", "never"]) == 2
    assert main(["check", "notes.txt", "--write-baseline", "known.json"]) == 2
