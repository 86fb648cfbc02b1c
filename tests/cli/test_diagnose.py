"""`unitlint diagnose` as a person or a script meets it."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.cli import parser

LOG = "Mar 02 10:00:00 host systemd[1]: web.service: Main process exited, code=exited, status=217/USER\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.log").write_text(LOG)
    (tmp_path / "quiet.log").write_text("Mar 02 10:00:00 host systemd[1]: Started Session 1 of User root.\n")
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "web.service").write_text("[Service]\nExecStart=/usr/bin/web\nUser=wbe\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> int:
    return parser.main(["diagnose", *words])


def test_incidents_are_status_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a.log", "--units", "units") == 1
    out = capsys.readouterr().out
    assert "web.service: systemd could not change to the user [user-unknown]\n" in out
    assert "3 | User=wbe\n" in out
    assert "create the user wbe" in out


def test_none_are_status_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("quiet.log") == 0
    assert capsys.readouterr().out.startswith("No incidents in 1 line.")


def test_what_cannot_be_read_is_status_2_and_the_rest_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.log.gz").write_bytes(gzip.compress(LOG.encode())[:-12])
    assert run("b.log.gz", "a.log") == 2
    captured = capsys.readouterr()
    assert "unitlint: b.log.gz: reading stopped" in captured.err
    assert "user-unknown" in captured.out


@pytest.mark.parametrize("words", [["nowhere.log"], ["a.log", "--units", "nowhere"], ["a.log", "--root", "nowhere"]])
def test_what_is_not_there(folder: Path, words: list[str]) -> None:
    with pytest.raises(UnitlintError, match="nowhere"):
        run(*words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a.log", "--since", "soon"], "--since takes a time, not `soon`"),
        (["a.log", "--until", "25:00"], "--until takes a time, not `25:00`"),
        (["a.log", "--units", "units", "--root", "."], "cannot be given together"),
    ],
)
def test_mistakes(folder: Path, words: list[str], message: str) -> None:
    with pytest.raises(UnitlintError, match=message):
        run(*words)


@pytest.mark.parametrize("words", [["-"], []])
def test_standard_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(LOG.encode()))))  # type: ignore[arg-type]
    assert run(*words) == 1
    assert "standard input:1: systemd: web.service: Main process exited" in capsys.readouterr().out


def test_json_and_its_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a.log", "--output-format", "json") == 1
    assert json.loads(capsys.readouterr().out)["incidents"][0]["event"] == "user-unknown"
    assert run("--json-schema") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "A diagnosis by unitlint"


def test_a_file_takes_the_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a.log", "--output-format", "markdown", "--output-file", "ticket.md") == 1
    assert capsys.readouterr().out == ""
    assert (folder / "ticket.md").read_text().startswith("# Diagnosis\n")


@pytest.mark.parametrize(("name", "number"), [("web.service", 1), ("web", 1), ("w*", 1), ("db", 0), ("db.service", 0)])
def test_one_unit(folder: Path, capsys: pytest.CaptureFixture[str], name: str, number: int) -> None:
    assert run("a.log", "--unit", name, "--output-format", "json") == number
    assert len(json.loads(capsys.readouterr().out)["incidents"]) == number


def test_only_what_is_late_enough(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("a.log", "--since", "now") == 0
    assert "outside of the given times left out." in capsys.readouterr().out
    assert run("a.log", "--since", "2000-01-01") == 1
    assert "outside" not in capsys.readouterr().out
    assert run("a.log", "--until", "2000-01-01 10:00") == 0
    capsys.readouterr()


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="no /dev/zero here")
def test_a_device_is_not_read_for_ever(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "kern.log").symlink_to("/dev/zero")
    assert run("a.log", "kern.log", "/dev/zero") == 2
    told = capsys.readouterr()
    assert "web.service" in told.out, "the rest is told"
    for name in ("kern.log", "/dev/zero"):
        assert f"{name}: is a device, not a log" in told.err
    assert run("/dev/null") == 0
