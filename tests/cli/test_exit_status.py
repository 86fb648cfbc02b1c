"""The command as a person or a script meets it: messages and exit statuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import unitlint
from tests.processes import child

SOURCE = str(Path(unitlint.__file__).parents[1])
CLEAN = "[Unit]\nDescription=clean\n[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n"
BROKEN = "[Unit]\nDescription=x\n\n[Service]\nExecStart=/bin/true\nExecStrt=/bin/false\n"
FORMATS = ("full", "concise", "json")


def run(*arguments: str, cwd: Path, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, (SOURCE, os.environ.get("PYTHONPATH"))))
    quiet = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "unitlint", *arguments],
        cwd=cwd, input=text, capture_output=True, text=True, check=False,
        env={**quiet, "PYTHONPATH": paths, **environment},
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "unitlint.toml").write_text('profile = "conform"\n')
    (tmp_path / "clean.timer").write_text(CLEAN)
    return tmp_path


@pytest.mark.parametrize("output_format", FORMATS)
def test_clean(folder: Path, output_format: str) -> None:
    done = run("check", "clean.timer", "--output-format", output_format, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("output_format", FORMATS)
def test_findings(folder: Path, output_format: str) -> None:
    (folder / "broken.service").write_text(BROKEN)
    done = run("check", "--output-format", output_format, cwd=folder)
    assert done.returncode == 1, done.stderr
    assert "ExecStrt" in done.stdout
    assert run("check", "--fail-on", "never", "--output-format", output_format, cwd=folder).returncode == 0


@pytest.mark.parametrize("output_format", FORMATS)
def test_an_unreadable_file_does_not_hide_the_others(folder: Path, output_format: str) -> None:
    (folder / "broken.service").write_text(BROKEN)
    os.mkfifo(folder / "a.service")
    done = run("check", "--output-format", output_format, cwd=folder)
    assert done.returncode == 2
    assert "a.service" in done.stderr
    assert "ExecStrt" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "COMMAND"),
        (("chek",), "chek"),
        (("check", "absent.service"), "absent.service"),
        (("check", "--nonsense"), "--nonsense"),
        (("check", "--systemd-version", "12"), "oldest"),
        (("check", "--select", "UL99999"), "UL99999"),
        (("check", "--config", "absent.toml"), "absent.toml"),
        (("check", "-", "clean.timer"), "standard input"),
        (("rule", "UL99999"), "UL99999"),
        (("show", "absent.service"), "absent.service"),
    ],
)
def test_usage(folder: Path, arguments: tuple[str, ...], word: str) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "option", ["--root", "--systemd-version", "--config", "--select", "--baseline", "--profile", "--output-format"]
)
def test_two_hyphens_as_the_value_of_an_option(folder: Path, option: str) -> None:
    """Python's argparse before 3.13 takes them for the end of the options, and gives a list."""
    done = run("check", f"{option}=--", cwd=folder)
    assert done.returncode == 2
    assert re.search(r"`--`|'--'|: --(?:\n|:)", done.stderr), "it is told what the value was"
    assert "internal error" not in done.stderr


def test_settings_mistakes_name_file_and_line(folder: Path) -> None:
    (folder / "unitlint.toml").write_text('profile = "conform"\nignor = ["UL1"]\n')
    done = run("check", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith("unitlint: unitlint.toml:2:1: unknown setting `ignor`")
    assert "did you mean `ignore`?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "meant"), [(("chekc", "."), "check"), (("check", "--profile", "strickt", "."), "strict")]
)
def test_a_choice_that_is_none(folder: Path, arguments: tuple[str, ...], meant: str) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert f"; did you mean `{meant}`? (choose from " in done.stderr
    assert run("check", "clean.timer", "--isolated", cwd=folder).returncode in (0, 1)
    (folder / "unitlint.toml").write_text('profile = "conform"\nignore = [\n  "UL99999",\n]\n')
    done = run("check", cwd=folder)
    assert done.returncode == 2
    assert "unitlint.toml:3:4: " in done.stderr


def test_standard_input(folder: Path) -> None:
    done = run("check", "-", "--stdin-filename", "sub/web.service", "--output-format", "json", cwd=folder, text=BROKEN)
    assert done.returncode == 1, done.stderr
    assert {one["path"] for one in json.loads(done.stdout)["findings"]} == {"sub/web.service"}
    assert run("check", "-", "--stdin-filename", "web.txt", cwd=folder, text=BROKEN).returncode == 2


def test_output_file(folder: Path) -> None:
    done = run("check", "--output-format", "json", "--output-file", "out.json", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((folder / "out.json").read_text())["version"] == 1
    assert run("check", "--output-file", "absent/out", cwd=folder).returncode == 2


def test_color(folder: Path) -> None:
    (folder / "broken.service").write_text(BROKEN)
    plain = run("check", cwd=folder)
    assert "\x1b[" not in plain.stdout
    assert "\x1b[" in run("check", "--color", "always", cwd=folder).stdout
    assert "\x1b[" in run("check", cwd=folder, FORCE_COLOR="1").stdout
    assert "\x1b[" not in run("check", cwd=folder, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_skipped_files_are_named_under_v(folder: Path) -> None:
    (folder / "org.x.service").write_text("[D-BUS Service]\nName=org.x\n")
    assert "org.x" not in run("check", cwd=folder).stderr
    assert "skipped org.x.service: not a systemd unit" in run("check", "-v", cwd=folder).stderr


def test_settings_of_each_path(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub/unitlint.toml").write_text('fail-on = "never"\n')
    (folder / "sub/broken.service").write_text(BROKEN)
    assert run("check", "sub", "clean.timer", cwd=folder).returncode == 0
    (folder / "broken.service").write_text(BROKEN)
    assert run("check", "sub", "broken.service", cwd=folder).returncode == 1


def test_version_and_help(folder: Path) -> None:
    assert run("--version", cwd=folder).stdout == f"unitlint {unitlint.__version__}\n"
    for command in ("check", "rule", "show"):
        assert run(command, "--help", cwd=folder).returncode == 0


@pytest.mark.parametrize("words", ["check", "check -", "show x.service", "harden --write x.service", "init --yes"])
def test_a_working_directory_that_is_gone(folder: Path, words: str) -> None:
    gone = folder / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && exec {sys.executable} -m unitlint {words}"
    done = subprocess.run(
        ["/bin/sh", "-c", script], env={**os.environ, "PYTHONPATH": SOURCE}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("unitlint: the working directory does not exist any more\n")


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    (folder / "broken.service").write_text(BROKEN + "Nonsense=1\n" * 5000)
    command = [sys.executable, "-m", "unitlint", "check"]
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    with child(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in (1, 2)
