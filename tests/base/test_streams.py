"""Standard streams that are closed or full, or whose encoding lacks a letter: a short word, and the right status."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import unitlint

SOURCE = str(Path(unitlint.__file__).parents[1])
CLEAN = "[Unit]\nDescription=clean\n[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n"
BROKEN = "[Service]\nExecStart=/bin/true\nMemorMax=1G\n"
COMMANDS = (
    "check clean.timer", "check broken.service", "check --output-format junit", "check --diff", "rule UL301",
    "rule --all", "show broken.service", "security broken.service", "harden broken.service", "releases",
    "completions bash", "--version", "check --help", "diagnose log",
)  # fmt: skip
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "unitlint.toml").write_text('profile = "conform"\n')
    (tmp_path / "clean.timer").write_text(CLEAN)
    (tmp_path / "broken.service").write_text(BROKEN)
    (tmp_path / "log").write_text("")
    return tmp_path


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``unitlint`` with the words of ``line``, redirected as that says."""
    variables = {**os.environ, "PYTHONPATH": SOURCE, **environment}
    command = f"{shlex.quote(sys.executable)} -m unitlint {line}"
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=variables, capture_output=True, text=True, errors="replace", check=False
    )


@needs_full
@pytest.mark.parametrize("buffering", ["", "1"])
@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_cannot_be_written(folder: Path, command: str, buffering: str) -> None:
    """Whether Python writes at once or in the end, a report that nobody got is no success."""
    done = shell(f"{command} >/dev/full", folder, PYTHONUNBUFFERED=buffering)
    *before, last = done.stderr.splitlines()
    assert last == "unitlint: cannot write to standard output: No space left on device"
    assert all(line.startswith("Would fix") for line in before)
    assert done.returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_is_closed(folder: Path, command: str) -> None:
    done = shell(f"{command} >&-", folder)
    assert done.stderr.splitlines()[-1] == "unitlint: cannot write to standard output: it is closed"
    assert "Traceback" not in done.stderr
    assert done.returncode == 2


def test_a_closed_output_is_never_another_file(folder: Path) -> None:
    """The first file that is opened would take the number of standard output."""
    done = shell("check --output-format json --output-file out.json --fail-on never >&-", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "out.json").read_text().startswith("{")


@pytest.mark.parametrize("words", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
@pytest.mark.parametrize(
    ("command", "status"),
    [("check clean.timer", 0), ("check broken.service -v", 1), ("check absent.service", 2), ("check --nosuch", 2)],
)
def test_words_that_nobody_gets_change_no_status(folder: Path, command: str, status: int, words: str) -> None:
    done = shell(f"{command} {words}", folder)
    assert done.returncode == status
    assert "usage" not in done.stdout


@pytest.mark.parametrize("command", ["check -", "diagnose -", "init --github"])
def test_a_closed_input_is_no_empty_one(folder: Path, command: str) -> None:
    done = shell(f"{command} <&-", folder)
    assert done.returncode == 2
    assert "internal error" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_a_reader_that_goes_away_changes_no_status(folder: Path) -> None:
    for name, status in (("clean.timer", 0), ("broken.service", 1)):
        line = f"check {name} | true"
        done = subprocess.run(
            ["bash", "-c", f"{shlex.quote(sys.executable)} -m unitlint {line}; exit ${{PIPESTATUS[0]}}"],
            cwd=folder, env={**os.environ, "PYTHONPATH": SOURCE}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (status, "")


RULE = """\
code: OWN001
name: no-umlauts
category: lifecycle
severity: warning
confidence: high
applies-to: [service]
message: "Übermäßig … {value}"
why: Ärger.
how-to-fix: "Größe ändern: 東京."
references: ["systemd.service(5)"]
match: {all: [Service.Restart: {equals: always}]}
"""


@pytest.mark.parametrize("encoding", ["ascii", "ascii:surrogateescape", "cp1252:strict"])
def test_letters_that_the_encoding_lacks(folder: Path, encoding: str) -> None:
    rule = folder / "rules" / "OWN001-no-umlauts"
    rule.mkdir(parents=True)
    (rule / "rule.yaml").write_text(RULE, encoding="utf-8")
    (folder / "unitlint.toml").write_text('rules = ["rules"]\n')
    for command in ("rule OWN001", "rule --all", "rule OWN001 --output-format markdown", "completions bash"):
        done = shell(command, folder, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert "\\u6771" in shell("rule OWN001", folder, PYTHONIOENCODING=encoding).stdout


@pytest.mark.parametrize("command", ["check", "show", "security", "harden"])
def test_how_a_name_that_begins_with_a_dash_is_given(folder: Path, command: str) -> None:
    (folder / "-.mount").write_text("[Unit]\nDescription=root\n[Mount]\nWhat=/dev/sda\nWhere=/\n")
    done = shell(f"{command} -.mount", folder)
    assert done.returncode == 2
    assert "  for the file -.mount write ./-.mount, or put -- before it\n" in done.stderr
    for given in ("-- -.mount", "./-.mount"):
        if command in ("check", "show"):
            assert shell(f"{command} {given}", folder).returncode == 0
    assert "for the file" not in shell("check --nosuch", folder).stderr


@pytest.mark.parametrize("root", ["absent", "clean.timer", "''"])
@pytest.mark.parametrize(
    "command",
    ["check", "check broken.service", "check --systemd-version 252", "show broken.service", "security",
     "security broken.service", "harden broken.service", "diagnose log"],
)  # fmt: skip
def test_a_root_tree_that_is_not_there(folder: Path, command: str, root: str) -> None:
    done = shell(f"{command} --root {root}", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"unitlint: no such root directory: {root.strip(chr(39))}\n"
