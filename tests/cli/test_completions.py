"""`unitlint completions`: what real shells make of it; all but bash only where they are installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unitlint.cli.parser import COMMANDS, main

COMPLETE = """
source unitlint.bash
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9
function=$(complete -p unitlint | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
$function unitlint "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(folder: Path, *words: str) -> list[str]:
    """What bash proposes for the last word."""
    command = ["bash", "--norc", "-c", COMPLETE, "bash", "unitlint", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completions")
    (folder / "unitlint.bash").write_text(script("bash"))
    (folder / "deploy").mkdir()
    (folder / "web.service").touch()
    return folder


def script(shell: str) -> str:
    command = [sys.executable, "-m", "unitlint", "completions", shell]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes(folder: Path) -> None:
    assert set(completed(folder, "")) >= set(COMMANDS)
    assert completed(folder, "che") == ["check"]
    assert {"--fix", "--fail-on", "--output-format"} <= set(completed(folder, "check", "--"))
    assert completed(folder, "check", "--fail-on", "w") == ["warning"]
    assert completed(folder, "check", "--output-format", "git") == ["github", "gitlab"]
    assert completed(folder, "rule", "UL303") == ["UL303"]
    assert completed(folder, "rule", "memory-high") == ["memory-high-above-max"]
    assert "web.service" in completed(folder, "check", "web")
    assert completed(folder, "check", "--root", "dep") == ["deploy"]


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh"])
def test_other_shells_take_it(shell: str, tmp_path: Path) -> None:
    text = script(shell)
    assert "unitlint" in text
    assert "output-format" in text
    if shutil.which(shell):
        (tmp_path / "script").write_text(text)
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


FISH = """
source unitlint.fish
complete -C "$argv"
"""


def completed_by_fish(folder: Path, line: str) -> list[str]:
    """What fish proposes for the last word of a line, without the descriptions."""
    command = ["fish", "-c", FISH, line]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert not done.stderr
    return [proposal.partition("\t")[0] for proposal in done.stdout.splitlines()]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_completes(folder: Path) -> None:
    (folder / "unitlint.fish").write_text(script("fish"))
    assert set(completed_by_fish(folder, "unitlint ")) >= set(COMMANDS)
    assert {"--fix", "--fail-on", "--output-format"} <= set(completed_by_fish(folder, "unitlint check --"))
    assert completed_by_fish(folder, "unitlint check --fail-on w") == ["warning"]
    assert completed_by_fish(folder, "unitlint check --output-format git") == ["github", "gitlab"]
    assert completed_by_fish(folder, "unitlint rule memory-high") == ["memory-high-above-max"]
    assert "web.service" in completed_by_fish(folder, "unitlint check web")
    assert completed_by_fish(folder, "unitlint check --root dep") == ["deploy/"]


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["completions", "cmd"])
    assert stopped.value.code == 2
    assert "invalid choice: 'cmd'" in capsys.readouterr().err


def test_no_other_command_imports_shtab() -> None:
    code = "import sys; from unitlint.cli.parser import parser; parser(); sys.exit('shtab' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
