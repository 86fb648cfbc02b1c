"""`unitlint security` as a person or a script meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.cli import parser

UNIT = "[Service]\nExecStart=/usr/bin/web\nPrivateTmp=yes\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "web.service").write_text(UNIT)
    (tmp_path / "web.service.d").mkdir()
    (tmp_path / "web.service.d" / "more.conf").write_text("[Service]\nNoNewPrivileges=yes\n")
    (tmp_path / "once.timer").write_text("[Timer]\nOnCalendar=daily\n")
    (tmp_path / "off.service").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = parser.main(["security", "--isolated", *words])
    return status, capsys.readouterr().out


@pytest.mark.parametrize("path", [".", "web.service", "./web.service"])
def test_json(folder: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    status, out = run(capsys, path, "--systemd-version", "252", "--output-format", "json")
    report = json.loads(out)
    assert (status, report["version"], len(report["services"])) == (0, 1, 1)
    found = report["services"][0]
    assert {"path", "unit", "exposure", "rating", "assessments"} <= found.keys()
    assert (Path(found["path"]).name, found["unit"], found["exposure"]) == ("web.service", "web.service", 9.2)
    rows = {row["json_field"]: row for row in found["assessments"]}
    assert rows["PrivateTmp"]["line"] == 3
    assert (Path(rows["NoNewPrivileges"]["path"]).name, rows["NoNewPrivileges"]["line"]) == ("more.conf", 2)
    weights = [row["weight"] for row in found["assessments"]]
    assert weights == sorted(weights, reverse=True)
    assert all(row["description"].startswith("An attacker can") for row in rows.values() if row["set"] is not None)


@pytest.mark.parametrize(("threshold", "expected"), [("9.1", 1), ("9.2", 0), ("10", 0), ("0", 1)])
def test_threshold(folder: Path, capsys: pytest.CaptureFixture[str], threshold: str, expected: int) -> None:
    status, out = run(capsys, "--systemd-version", "252", "--threshold", threshold, "--summary")
    assert status == expected
    assert ("1 of 1 above the threshold" in out) == bool(expected)


@pytest.mark.parametrize(
    ("threshold", "hint"), [("65", "did you mean 6.5?"), ("high", "write it as systemd prints it")]
)
def test_threshold_that_is_none(folder: Path, threshold: str, hint: str) -> None:
    with pytest.raises(UnitlintError, match="from 0 to 10") as error:
        parser.main(["security", "--isolated", "--threshold", threshold])
    assert hint in str(error.value)


def test_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "--systemd-version", "252", "--color", "never")
    lines = out.splitlines()
    assert lines[0] == "# web.service"
    assert "9.2 UNSAFE" in lines[3]
    assert lines[3].startswith("██████████████████▍ ")
    assert lines[5].split("  ")[0] == "✗ 0.5"
    assert next(line for line in lines if " PrivateTmp= " in line).endswith("web.service:3")
    assert run(capsys, "--summary", "--color", "always")[1].count("\x1b[") > 2


def test_markdown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "--systemd-version", "252", "--output-format", "markdown")
    assert "| web.service | 9.2 | UNSAFE | web.service |" in out
    rows = [line for line in out.splitlines() if line.startswith(("| ✗", "| ✓", "| -"))]
    assert len(rows) > 75
    assert all(row.replace("\\|", "").count("|") == 6 for row in rows)


def test_policy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "policy.json").write_text('{"PrivateTmp": {"weight": 1000000, "description_good": "Well done"}}')
    _, out = run(capsys, "--policy", "policy.json", "--color", "never")
    row = out.splitlines()[5]
    assert "PrivateTmp=" in row
    assert "Well done" in row


def test_only_services(folder: Path) -> None:
    with pytest.raises(UnitlintError, match="only services"):
        parser.main(["security", "--isolated", "once.timer"])


def test_an_unreadable_file_does_not_hide_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.service").mkdir()
    (folder / "gone.service").symlink_to("nowhere")
    status, out = run(capsys, "--summary")
    assert "web.service" in out
    assert status in (0, 2)


def test_no_service(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "daily.timer").write_text("[Timer]\nOnCalendar=daily\n")
    for words in ([], ["--output-format", "json"], ["--threshold", "5"]):
        assert parser.main(["security", "--isolated", str(tmp_path), *words]) == 2
        assert "no services found" in capsys.readouterr().err


def test_what_a_folder_passes_over_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "[Service]\nExecStart=/usr/bin/web\n"
    for name in ("web.service.j2", "mail@.service.in"):
        (tmp_path / name).write_text(text)
    (tmp_path / "site.yml").write_text(
        "- copy:\n    dest: /etc/systemd/system/app.service\n    content: |\n"
        "      [Service]\n      ExecStart=/bin/app\n"
    )
    (tmp_path / "db.container").write_text("[Container]\nImage=docker.io/library/postgres:17\n")
    assert parser.main(["security", "--isolated", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "skipped 1 Quadlet file, 2 templates, 1 unit in another file; name one to measure it" in told
    for name, unit in (("web.service.j2", "web.service"), ("site.yml", "app.service"), ("db.container", "db.service")):
        assert parser.main(["security", "--isolated", "--summary", str(tmp_path / name)]) == 0
        assert unit in capsys.readouterr().out
