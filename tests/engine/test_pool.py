"""Several processes: the findings of one, a clear word where a worker is killed, nothing left after an interrupt."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import child
from unitlint.api import check_paths
from unitlint.base.errors import UnitlintError
from unitlint.engine import run
from unitlint.files.source import Source, UnitFiles

UNIT = "[Service]\nExecStart=/usr/bin/web\nMemoryMax={}\n[Install]\nWantedBy=multi-user.target\n"


PROGRAM = """
import sys
from unitlint.base.errors import guarded
from unitlint.cli.parser import main
import unitlint.checks
import acme_stops

real = unitlint.checks.load_check
unitlint.checks.load_check = lambda name: acme_stops.check if name == {check!r} else real(name)
sys.exit(guarded(lambda: main(sys.argv[1:])))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Units enough for two workers, one of which is in for something: the first few are checked without them."""
    folder = tmp_path / "units"
    folder.mkdir()
    for number in range(run.WORTH_A_POOL + 150):
        (folder / f"u{number:04}.service").write_text(UNIT.format("much" if number % 7 == 0 else "1G"))
    (folder / "u0305.service").write_text(UNIT.format("1G") + "# marked\n")
    return folder


def command(tmp_path: Path, tree: Path, check: str) -> tuple[list[str], dict[str, str]]:
    """A command line of which the workers run ``check`` when they meet the marked unit."""
    (tmp_path / "site").mkdir(exist_ok=True)
    (tmp_path / "site" / "acme_stops.py").write_text(check)
    program = PROGRAM.format(check="memory.no_memory_max:no_memory_max")
    words = [sys.executable, "-c", program, "check", "--isolated", "--select=UL301", "--jobs=2", str(tree)]
    paths = os.pathsep.join([str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")])
    return words, {**os.environ, "PYTHONPATH": paths}


def test_the_cases_of_all_rules(repository: Path) -> None:
    """What every rule finds and notes of a unit can come from another process."""
    cases = [str(path) for path in sorted((repository / "rules").glob("*/*/bad*"))]
    one, two = (check_paths(cases, jobs=jobs, select=["ALL"], respect_gitignore=False) for jobs in (1, 2))
    assert one.errors == two.errors
    assert one.findings == two.findings


def test_the_order_is_that_of_one_process(tree: Path) -> None:
    one = check_paths(tree, jobs=1, select=["ALL"])
    two = check_paths(tree, jobs=2, select=["ALL"])
    assert one.findings == two.findings
    assert (one.files, one.units, one.errors) == (two.files, two.units, two.errors)


@pytest.mark.parametrize(
    ("units", "jobs", "cores", "processes"),
    [
        (run.WORTH_ALL_CORES, None, 4, 1),
        (run.WORTH_ALL_CORES + 1, None, 4, 4),
        (run.WORTH_ALL_CORES + 1, None, 1, 1),
        (run.WORTH_ALL_CORES + 1, 1, 4, 1),
        (run.WORTH_A_POOL + 1, 3, 1, 3),
        (run.WORTH_A_POOL, 3, 4, 1),
    ],
)
def test_how_many_processes_a_run_takes(
    monkeypatch: pytest.MonkeyPatch, units: int, jobs: int | None, cores: int, processes: int
) -> None:
    taken: list[int] = []
    monkeypatch.setattr("unitlint.engine.pool.cores", lambda: cores)
    monkeypatch.setattr("unitlint.engine.pool.check_in_pool", lambda *words: taken.append(words[3]) or [])
    monkeypatch.setattr("unitlint.engine.run.check_groups", lambda *_words: taken.append(1) or [])
    groups = [UnitFiles("x.service", "unit", "system", Source("x.service", "unit", "x.service"), ())] * units
    run._check(groups, None, [], jobs, None)  # type: ignore[arg-type]
    assert taken == [processes]


def test_a_killed_worker_ends_the_run_with_a_word(tmp_path: Path, tree: Path) -> None:
    check = (
        "import os, signal\n"
        "def check(unit, context):\n"
        "    if '# marked' in unit.documents[0].text:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return iter(())\n"
    )
    words, environment = command(tmp_path, tree, check)
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("unitlint: a worker process was killed, so that not all files were checked\n")
    assert "--jobs 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_fails_in_a_worker_is_told_of_its_file_alone(tmp_path: Path, tree: Path) -> None:
    check = "def check(unit, context):\n    return iter(()) if '# marked' not in unit.documents[0].text else 1 / 0\n"
    words, environment = command(tmp_path, tree, check)
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("internal error in rule UL301: ZeroDivisionError") == 1
    assert "u0305.service: internal error" in done.stderr


@pytest.fixture
def waiting(tmp_path: Path, tree: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A run whose worker hangs in a unit, and the process number of that worker."""
    os.mkfifo(tmp_path / "here")
    check = (
        "import os, time\n"
        "def check(unit, context):\n"
        "    if '# marked' in unit.documents[0].text:\n"
        f"        with open({str(tmp_path / 'here')!r}, 'w') as file:\n"
        "            file.write(str(os.getpid()))\n"
        "        while True:\n"
        "            time.sleep(1)\n"
        "    return iter(())\n"
    )
    words, environment = command(tmp_path, tree, check)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with child(words, env=environment, text=True, start_new_session=True, **pipes) as process:
        yield process, int((tmp_path / "here").read_text())


@pytest.mark.parametrize("whole_group", [True, False], ids=["Ctrl-C", "kill -INT"])
def test_an_interrupt_ends_all_with_one_line(waiting: tuple[subprocess.Popen[str], int], whole_group: bool) -> None:
    process, worker = waiting
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    output, said = process.communicate()  # which reads until no worker holds the pipes open
    assert (process.returncode, output, said) == (130, "", "unitlint: interrupted\n")
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_workers_do_not_outlive_the_run(waiting: tuple[subprocess.Popen[str], int]) -> None:
    process, _worker = waiting
    process.kill()
    process.communicate()  # ends when the last worker has closed its end


def test_a_worker_that_is_killed_amid_an_answer_ends_the_run(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(worker: Any, _given: object) -> None:
        worker.recv()
        os.write(worker.fileno(), b"\0\1\0\0begun")  # the header says 65,536 bytes
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("unitlint.engine.pool._work", cut_off)
    with pytest.raises(UnitlintError, match="a worker process was killed"):
        check_paths(tree, jobs=2, select=["UL301"])
    assert multiprocessing.active_children() == []


def test_workers_that_start_anew_find_the_same(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unitlint.engine.pool._forks", lambda: False)
    two = check_paths(tree, jobs=2, select=["UL301"])
    assert two.findings == check_paths(tree, jobs=1, select=["UL301"]).findings
