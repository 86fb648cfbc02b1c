"""`unitlint show`: several units, for programs, from standard input, and what systemd never reads."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.cli.parser import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/usr/bin/a\nRestart=no\n")
    (tmp_path / "b.timer").write_text("[Timer]\nOnCalendar=daily\n")
    drop_ins = tmp_path / "a.service.d"
    drop_ins.mkdir()
    (drop_ins / "x.conf").write_text("[Service]\nRestart=always\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def states(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    assert main(["show", *arguments, "--output-format", "json"]) == 0
    (unit,) = json.loads(capsys.readouterr().out)["units"]
    return [(one["directive"], one["value"], one["state"]) for one in unit["assignments"]]


def test_several_units(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "a.service", "b.timer"]) == 0
    shown = capsys.readouterr().out
    assert shown.index("# a.service\n") < shown.index("\n\n# b.timer\n")


def test_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert states(capsys, "a.service") == [
        ("ExecStart", "/usr/bin/a", "effective"), ("Restart", "no", "overridden"), ("Restart", "always", "effective"),
    ]  # fmt: skip


def test_what_a_distribution_has_beyond_its_release_is_effective(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.service").write_text("[Service]\nRestartMode=direct\nPrivateTmp=disconnected\n")
    effective, ignored = ("RestartMode", "direct", "effective"), ("PrivateTmp", "disconnected", "ignored")
    assert states(capsys, "c.service", "--systemd-version", "rhel9") == [effective, ignored]


def test_lines_behind_a_refused_one_are_never_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "c.service").write_text("[Service]\nUser=a:b\nNice=5\nExecStart=/usr/bin/c\n")
    assert states(capsys, "c.service")[1:] == [("Nice", "5", "never read"), ("ExecStart", "/usr/bin/c", "never read")]
    main(["show", "c.service", "--color", "never"])
    assert "# c.service:3 (never read)\n" in capsys.readouterr().out


def test_standard_input_with_the_drop_ins_that_are_here(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"[Service]\nExecStart=/usr/bin/new\n")))
    found = states(capsys, "-", "--stdin-filename", "a.service")
    assert found == [("ExecStart", "/usr/bin/new", "effective"), ("Restart", "always", "effective")]


def test_what_is_no_unit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"hello\n")))
    with pytest.raises(UnitlintError, match="`notes` is not the name of a unit"):
        main(["show", "-", "--stdin-filename", "notes"])


def test_settings_name_the_release(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old.toml").write_text('systemd-version = "247"\n')
    (folder / "d.service").write_text("[Service]\nExecStart=/usr/bin/d\nRestartMode=direct\n")
    assert states(capsys, "d.service", "--config", "old.toml")[1] == ("RestartMode", "direct", "ignored")
    assert states(capsys, "d.service")[1] == ("RestartMode", "direct", "effective")
