"""Standard input, `--as` and files that have their names for a time: what they are checked as, and where it is told."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from unitlint.cli.parser import main

GOOD = "[Unit]\nDescription=Web\n\n[Service]\nExecStart=/usr/bin/web\nUser=web\nMemoryMax=1G\n"
BAD = GOOD.replace("MemoryMax", "MemorMax")
TEMPORARY = (
    ".source.service", ".web.service", "web.service~", "web.service.rpmnew", "web.service.dpkg-dist", "web.service.bak",
    ".#web.service0123456789abcdef", ".#web.service", ".ansible_tmpab12_x9zweb.service", "web.service.pacnew",
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with settings that ask for what systemd itself says."""
    (tmp_path / "unitlint.toml").write_text('profile = "conform"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(folder: Path, name: str, text: str, mode: int = 0o600) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def findings(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    main(["check", "--output-format", "json", *words])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """``text`` on standard input."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


@pytest.mark.parametrize("name", TEMPORARY)
@pytest.mark.parametrize("profile", ["conform", "strict"])
def test_a_temporary_file_that_is_named(
    folder: Path, name: str, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its faults are told at its own path; its mode and folder say nothing of where it goes."""
    plant(folder, name, BAD, 0o700)
    found = findings(capsys, name, "--profile", profile)
    assert ("UL101", name, 7) in [(one["code"], one["path"], one["line"]) for one in found]
    assert not [one for one in found if one["code"].startswith("UL9")]
    plant(folder, name, GOOD, 0o700)
    assert main(["check", name]) == 0


def test_a_temporary_file_hides_no_other_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, "web.service", BAD.replace("MemorMax", "MemMax"), 0o644)
    plant(folder, "web.service.rpmnew", BAD)
    found = findings(capsys, "web.service.rpmnew", "web.service", "--select", "UL101")
    assert [(one["path"], one["directive"]) for one in found] == [
        ("web.service", "MemMax"), ("web.service.rpmnew", "MemorMax"),
    ]  # fmt: skip


def test_what_systemctl_edit_opens_takes_the_place_of_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(folder, "web.service", GOOD, 0o644)
    plant(folder, "web.service.d/override.conf", "[Service]\nMemoryHigh=2G\n", 0o644)
    edited = "web.service.d/.#override.conf0123456789abcdef"
    plant(folder, edited, "[Service]\nMemoryHigh=512M\n")
    assert findings(capsys, edited, "--profile", "default", "--select", "UL303") == []
    plant(folder, edited, "[Service]\nMemoryHigh=3G\n")
    (found,) = findings(capsys, edited, "--profile", "default", "--select", "UL303")
    assert (found["path"], found["line"]) == (edited, 2)


@pytest.mark.parametrize("file", ["tmpa3pobmqd", ".source.service", "web.service", "web.txt", "eth0.network"])
@pytest.mark.parametrize(
    "name", ["web.service", "/etc/systemd/system/web.service", "sub/web.service", "web.service.j2"]
)
def test_as(folder: Path, file: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, file, BAD, 0o777)
    found = findings(capsys, "--as", name, file, "--profile", "default", "--select", "UL101,UL9")
    assert [(one["code"], one["path"], one["unit"]) for one in found] == [("UL101", file, "web.service")]
    plant(folder, file, GOOD, 0o777)
    assert main(["check", "--as", name, file]) == 0


def test_as_a_drop_in_comes_with_its_unit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, "etc/systemd/system/web.service", GOOD, 0o644)
    plant(folder, "tmpx", "[Service]\nMemoryHigh=3G\n")
    name = "etc/systemd/system/web.service.d/limits.conf"
    (found,) = findings(capsys, "--as", name, "tmpx", "--profile", "default", "--select", "UL303")
    assert (found["path"], found["line"], found["unit"]) == ("tmpx", 2, "web.service")
    assert [place["path"] for place in found["related"]] == ["etc/systemd/system/web.service"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("journald.conf", "[Journal]\nStorag=volatile\n", "UL101"),
        ("/etc/systemd/system.conf", "[Manager]\nLogLevl=info\n", "UL101"),
        ("web.container", "[Container]\nImag=x\nImage=docker.io/library/web:1\n", "UL101"),
        ("playbook.yml", "- copy:\n    dest: /etc/systemd/system/web.service\n    content: |\n" + "".join(
            f"      {line}\n" for line in BAD.splitlines()), "UL101"),
    ],
)  # fmt: skip
def test_as_any_kind(folder: Path, name: str, text: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    plant(folder, "tmpx", text)
    assert [(one["code"], one["path"]) for one in findings(capsys, "--as", name, "tmpx")] == [(code, "tmpx")]


def test_as_fixes_the_file_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = plant(folder, "web.service", BAD, 0o644)
    file = plant(folder, "tmpx", BAD)
    assert main(["check", "--as", "web.service", "tmpx", "--diff"]) == 1
    assert "--- tmpx\n" in capsys.readouterr().out
    assert main(["check", "--as", "web.service", "tmpx", "--fix"]) == 0
    assert (file.read_text(), other.read_text()) == (GOOD, BAD)
    assert file.stat().st_mode & 0o777 == 0o600


def test_as_with_a_baseline(folder: Path) -> None:
    plant(folder, "tmpx", BAD)
    words = ["check", "--as", "web.service", "tmpx"]
    assert main([*words, "--write-baseline", "known.json"]) == 0
    assert main([*words, "--baseline", "known.json"]) == 0
    plant(folder, "tmpx", BAD + "Nic=3\n")
    assert main([*words, "--baseline", "known.json"]) == 1


def test_as_takes_the_settings_of_the_name(folder: Path) -> None:
    plant(folder, "tmpx", BAD)
    plant(folder, "vendor/unitlint.toml", "ignore = ['UL101']\n")
    assert main(["check", "--as", "vendor/web.service", "tmpx"]) == 0
    assert main(["check", "--as", "web.service", "tmpx"]) == 1


@pytest.mark.parametrize("name", TEMPORARY)
def test_standard_input_under_such_a_name(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, BAD)
    (found,) = findings(capsys, "--stdin-filename", name, "--select", "UL101,UL9")
    assert (found["path"], found["line"]) == (name, 7)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Journal]\nStorag=auto\n", "journald.conf"), ("[Login]\nKillUserProcesse=no\n", "logind.conf"),
        ("# a comment\n\n[Resolve]\nDNSSC=yes\n", "resolved.conf"), ("[OOM]\nSwapUsedLimi=90%\n", "oomd.conf"),
        ("[Coredump]\nStorag=none\n", "coredump.conf"), ("[Time]\nNTTP=ntp.example.org\n", "timesyncd.conf"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("file", [".source.conf", "tmpa3pobmqd", "rendered.conf.bak"])
def test_confs_by_their_sections(
    folder: Path, file: str, text: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(folder, file, text)
    assert [(one["code"], one["path"], one["unit"]) for one in findings(capsys, file)] == [("UL101", file, name)]


@pytest.mark.parametrize(
    "words",
    [
        ["--as", "web.service"], ["--as", "web.service", "web.service", "web.service~"], ["--as", "web.service", "."],
        ["--as", "web.txt", "web.service"], ["--as", "web.service", "absent"], ["--as", "", "web.service"],
        ["--as", "web.service", "web.service", "--watch"], ["--as", "a.service", "--stdin-filename", "b.service"],
        ["-", "-"], ["-", "web.service"], ["web.service", "-"], ["--stdin-filename", "a.service", "web.service"],
        ["--stdin-filename", "a.service", "-", "web.service"], ["--stdin-filename", "a.service", "."],
        ["--stdin-filename", "a.txt", "-"],
    ],
)  # fmt: skip
def test_mistakes(folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from unitlint.base.errors import guarded

    plant(folder, "web.service", BAD, 0o644)
    assert guarded(lambda: main(["check", "--fix", *words])) == 2
    told = capsys.readouterr()
    assert told.err.startswith("unitlint: ")
    assert "internal error" not in told.err
    assert (folder / "web.service").read_text() == BAD


@pytest.mark.parametrize("words", [["--stdin-filename", "web.service"], ["--stdin-filename", "web.service", "-"],
                                   ["--as", "web.service", "-"]])  # fmt: skip
def test_standard_input_is_read(
    folder: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `-` as well; no other file of the folder is touched by --fix."""
    other = plant(folder, "other.service", BAD, 0o644)
    typed(monkeypatch, BAD)
    assert [one["path"] for one in findings(capsys, *words)] == ["web.service"]
    typed(monkeypatch, BAD)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), write_through=True))
    assert main(["check", "--fix", *words]) == 0
    assert other.read_text() == BAD
    assert not (folder / "web.service").exists()


PLAYBOOK = "# a comment\n- copy:\n    dest: /etc/systemd/system/web.service\n    content: |\n" + "".join(
    f"      {line}\n".replace("      \n", "\n") for line in GOOD.splitlines()
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("web.service", GOOD), ("site.yml", PLAYBOOK), ("values.yml", "replicas: 2\n"), ("web.service.j2", GOOD),
        ("org.x.service", "[D-BUS Service]\nName=org.x\n"), ("eth.network", "[Match]\nName=eth0\n"),
        ("web.service", ""), ("web.service", "\0\n"), ("web.container", "[Container]\nImage=docker.io/library/web:1\n"),
        ("web.service.d/.#override.conf0123456789abcdef", "no unit\n"), ("web.service.d/x.conf", "[Service]\nNice=5"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", [[], ["--unsafe-fixes"], ["--fix-only"]])
def test_what_needs_no_fix_comes_back_as_it_is(
    name: str, text: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor puts what is printed in place of its buffer, whatever the exit status."""
    typed(monkeypatch, text)
    printed = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, write_through=True))
    main(["check", "--fix", "--stdin-filename", f"x/{name}", *words])
    assert printed.getvalue() == text.encode()


def test_a_fix_in_another_file_leaves_the_rest_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, PLAYBOOK.replace("MemoryMax", "MemorMax"))
    printed = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, write_through=True))
    main(["check", "--fix", "--stdin-filename", "site.yml"])
    assert printed.getvalue().decode().splitlines()[:2] == ["# a comment", "- copy:"]
