"""Files of every kind that hold what nobody writes: one line about the file, or everything else is still checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from unitlint.api import check_paths, check_text
from unitlint.base.errors import guarded
from unitlint.catalogue import directives_of, sections_of
from unitlint.cli.parser import main

DIGITS = "9" * 4301
DEEP = "[" * 100_000
UNIT = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\nTipe=x\n"
RULE = """\
code: ACME001
name: x
severity: warning
confidence: high
applies-to: [service]
message: "x"
why: x
how-to-fix: x
references: []
match:
  all:
    - Service.ExecStart: {{matches: "{pattern}"}}
"""
needs_fifos = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
VALUES = (
    DIGITS, f"-{DIGITS}", "0" * 5000, f"0x{DIGITS}", f"1.{DIGITS}", f"{DIGITS}%", f"{DIGITS}M", f"{DIGITS}ms",
    f"{DIGITS}:{DIGITS}", f"{DIGITS}-{DIGITS}", f"10.0.0.0/{DIGITS}", f"{DIGITS}:{DIGITS}/tcp", f"RTMIN+{DIGITS}",
    f"@{DIGITS}", f"*-*-* 00:{DIGITS}", f"vsock:{DIGITS}:{DIGITS}", f"level:{DIGITS}", f"cap_{DIGITS}",
    "²", "1²", "²M", "²%", "²s", "²-²", "²:²", "80:²", "*-*-* ²:00", "RTMIN+²", "+²", "level:²", "٣", "\ud800",
)  # fmt: skip
TYPES = {
    "Service": "service", "Socket": "socket", "Timer": "timer", "Path": "path", "Mount": "mount", "Swap": "swap",
    "Slice": "slice", "Unit": "service", "Install": "service", "Container": "container", "Pod": "pod",
    "Volume": "volume", "Network": "network", "Image": "image", "Build": "build", "Kube": "kube",
}  # fmt: skip
CONFS = ("journald.conf", "system.conf", "logind.conf", "oomd.conf", "coredump.conf", "sleep.conf", "resolved.conf")


def status(words: list[str]) -> int:
    return guarded(lambda: main(words))


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit with a finding, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.service").write_text(UNIT)
    return tmp_path


@pytest.mark.parametrize("section", TYPES)
def test_no_value_of_a_directive_ends_the_check(section: str) -> None:
    lines = {value: "".join(f"{name}={value}\n" for name in directives_of("unit", section)) for value in VALUES}
    for value, text in lines.items():
        assert check_text(f"[{section}]\n{text}", f"x.{TYPES[section]}", profile="strict"), value


@pytest.mark.parametrize("conf", CONFS)
def test_no_value_of_a_conf_does(conf: str) -> None:
    for value in VALUES:
        text = "".join(
            f"[{section}]\n" + "".join(f"{name}={value}\n" for name in directives_of(conf, section))
            for section in sections_of(conf)
        )
        assert check_text(text, f"systemd/{conf}", profile="strict"), value


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("unitlint.toml", f"systemd-version = {DIGITS}", "unitlint.toml: is not TOML that can be read: a number"),
        ("unitlint.toml", f"a = {DEEP}", "unitlint.toml: is not TOML that can be read: it nests"),
        ("unitlint.toml", 'exclude = ["!"]', "a pattern is not one of .gitignore's"),
        ("unitlint.toml", 'per-file-ignores = {"!" = ["UL101"]}', "a pattern is not one of .gitignore's"),
        ("unitlint.toml", 'baseline = "/dev/zero"', "/dev/zero: cannot read the baseline: it is a device"),
        ("unitlint.toml", 'baseline = "."', "cannot read the baseline: it is a directory"),
        ("setup.cfg", f"[unitlint]\nsystemd-version = {DIGITS}", "setup.cfg:2:1: "),
        ("setup.cfg", "[unitlint]\nfail-on\n = x\n", ": is not an ini file: an indented line"),
        ("setup.cfg", "[unitlint]\nrule = x\n[unitlint.rule.UL301]\ny = z\n", "setup.cfg:2:1: "),
    ],
)
def test_settings(unit: Path, name: str, text: str, problem: str, capfd: pytest.CaptureFixture[str]) -> None:
    (unit / name).write_text(text)
    assert status(["check", "a.service"]) == 2
    assert problem in capfd.readouterr().err.splitlines()[0]


@pytest.mark.parametrize("text", [DEEP, DIGITS, '{"PrivateNetwork": {"weight": ' + DIGITS + "}}", "\ud800", "{}x"])
def test_baselines_and_policies(unit: Path, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    (unit / "x.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    for words in (["check", "a.service", "--baseline=x.json"], ["security", "a.service", "--policy=x.json"]):
        assert status(words) == 2
        said = capfd.readouterr().err
        assert said.startswith("unitlint: x.json")
        assert "internal error" not in said


def _rule(folder: Path, pattern: str) -> Path:
    home = folder / "rules" / "ACME001-x"
    home.mkdir(parents=True)
    (home / "rule.yaml").write_text(RULE.format(pattern=pattern))
    (folder / "unitlint.toml").write_text('rules = ["rules"]\n')
    return home / "rule.yaml"


def test_a_pattern_that_repeats_nothing(unit: Path) -> None:
    _rule(unit, "(?:){2000000000}true")
    assert [found.code for found in check_paths("a.service", rules=["rules"], select=["ACME001"]).findings] == [
        "ACME001"
    ]


@pytest.mark.parametrize("text", [DEEP, f"code: {DIGITS}", "\0", "&a [*a]"])
def test_rule_files(unit: Path, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    _rule(unit, "x").write_text(text)
    assert status(["check", "a.service"]) == 2
    said = capfd.readouterr().err
    assert "ACME001-x" in said
    assert "internal error" not in said


def test_a_folder_of_rules_that_cannot_be_listed(
    unit: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (unit / "unitlint.toml").write_text('rules = ["deep"]\n')
    (unit / "deep" / "a" / "b").mkdir(parents=True)
    monkeypatch.setattr("unitlint.base.compiled.MOST_FOLDERS", 1)
    assert status(["check", "a.service"]) == 2
    assert "more than 1 folders" in capfd.readouterr().err
    (unit / "unitlint.toml").write_text('rules = ["a.service"]\n')
    assert status(["check", "a.service"]) == 2
    assert "internal error" not in capfd.readouterr().err


@needs_fifos
@pytest.mark.parametrize(
    "words", [["check", "--baseline=pipe"], ["security", "--policy=pipe"], ["check", "--config=pipe"]]
)
def test_fifos_are_not_waited_for(unit: Path, words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(unit / "pipe")
    assert status([*words, "a.service"]) == 2
    assert "pipe: cannot read the" in capfd.readouterr().err


@needs_fifos
def test_fifos_where_files_are_looked_for(unit: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (unit / ".git").mkdir()
    os.mkfifo(unit / ".gitignore")
    os.mkfifo(unit / "unitlint.toml")
    assert len(check_paths(unit, select=["UL101"]).findings) == 1
    rule = _rule(unit / "own", "x")
    rule.unlink()
    os.mkfifo(rule)
    assert status(["check", "--config=own/unitlint.toml", "a.service"]) == 2
    assert "rule.yaml: cannot read the rule: it is a FIFO" in capfd.readouterr().err


def _as_digits(path: Path) -> None:
    text = f"x:x:{DIGITS}:{DIGITS}:::\ny:x:²:1:::\nz:x:1:²:::\nu foo {DIGITS}\nu bar ²\nd /x {DIGITS} ²\n"
    path.write_text(text, encoding="utf-8")


def _as_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    "make", [_as_digits, _as_device, Path.mkdir, os.mkfifo], ids=["digits", "device", "folder", "fifo"]
)
def test_files_of_a_root_tree(tmp_path: Path, make: Callable[[Path], object]) -> None:
    unit = tmp_path / "etc" / "systemd" / "system" / "a.service"
    unit.parent.mkdir(parents=True)
    unit.write_text(f"{UNIT}User=foo\nGroup=²\nSupplementaryGroups={DIGITS}\n", encoding="utf-8")
    for name in ("etc/passwd", "etc/group", "usr/lib/sysusers.d/a.conf", "usr/lib/tmpfiles.d/a.conf", "etc/os-release"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        make(tmp_path / name)
    report = check_paths(unit.parent, root=tmp_path, profile="strict")
    assert report.errors == ()
    assert "UL101" in {found.code for found in report.findings}


def test_a_chain_of_a_thousand_links(unit: Path) -> None:
    for number in range(1, 1001):
        (unit / f"l{number}.service").symlink_to("a.service" if number == 1 else f"l{number - 1}.service")
    report = check_paths(unit, select=["UL101"])
    assert (len(report.findings), report.errors) == (1, ())
    assert "Too many levels" in check_paths("l1000.service").errors[0]


@pytest.mark.parametrize("name", ["x.service", "x.container", "x.service.j2", "c.yaml"])
def test_a_text_with_half_of_a_surrogate_pair(name: str) -> None:
    check_text("[Service]\nExecStart=/bin/\ud800 \udcff\nUser=\ud800\n", name, profile="strict")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.service", UNIT), ("x.timer.d/10-a.conf", "[Timer]\nPersistent=yes\n"),
        ("web.container", "[Container]\nImage=a\n"), ("x.service.j2", UNIT), ("journald.conf", "[Journal]\nA=b\n"),
    ],
)  # fmt: skip
def test_a_unit_in_utf_16_is_told_and_left_as_it_is(tmp_path: Path, encoding: str, name: str, text: str) -> None:
    """As PowerShell's `>` writes it; systemd refuses the first line, so nothing else can be said of it."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    mark = b"" if encoding != "utf-16-be" else b"\xfe\xff"
    path.write_bytes(data := mark + text.encode(encoding))
    (finding,) = (found for found in check_paths([tmp_path], profile="strict").findings if found.path == str(path))
    assert (finding.code, finding.column) == ("UL001", 1)
    assert f"iconv -f {encoding[:6]} -t utf-8" in finding.help
    assert main(["check", "--fix", "--unsafe-fixes", str(tmp_path)]) == 1
    main(["check", "--add-ignore", str(tmp_path)])
    assert path.read_bytes() == data


def test_what_is_no_unit_in_utf_16_either(tmp_path: Path) -> None:
    (tmp_path / "x.service").write_bytes("#!/bin/sh\nexec true\n".encode("utf-16"))
    (tmp_path / "y.container").write_bytes("CONTAINER\n".encode("utf-16"))
    assert check_paths([tmp_path]).findings == ()
