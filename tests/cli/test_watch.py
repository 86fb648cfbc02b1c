"""`unitlint check --watch` in a process of its own: what is written is found, what is mended is gone, Ctrl-C is 0."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from subprocess import PIPE, STDOUT
from threading import Thread

import pytest

from tests.processes import child
from unitlint.base.errors import UnitlintError
from unitlint.base.finding import Finding
from unitlint.cli.parser import main
from unitlint.cli.watching import Files, changed_paths, concerned
from unitlint.engine.report import Report

GOOD = "[Service]\nExecStart=/bin/web\nUser=web\nMemoryMax=1G\n"


class Watching:
    """A watching process, and what it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: Queue[str] = Queue()
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def screen(self) -> str:
        """What is printed up to the line that tells the number of findings, or of a mistake."""
        shown: list[str] = []
        while not shown or not ("Ctrl-C ends" in shown[-1] or shown[-1].startswith("unitlint: ")):
            shown.append(self.lines.get())
            assert shown[-1], f"it ended after: {shown}"
        return "".join(shown)

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What is watched; what changes there is written elsewhere first, so that it changes at once."""
    (tmp_path / "watched").mkdir()
    return tmp_path / "watched"


def put(path: Path, text: str) -> None:
    """A file that is there at once, as a whole, where it may be looked at at any moment."""
    aside = path.parent.parent / "aside"
    aside.write_text(text)
    aside.rename(path)


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    (folder / "web.service").write_text(GOOD)
    (folder / "db.service").write_text(GOOD + "Nice=50\n")
    command = [sys.executable, "-m", "unitlint", "check", "--watch", "--output-format", "concise"]
    with child(command, cwd=folder, stdout=PIPE, stderr=STDOUT, text=True, encoding="utf-8") as process:
        watching = Watching(process)
        yield watching
        process.kill()
        watching.reader.join()  # or it would read from a stream that is closed


def test_what_changes_is_checked_again(watching: Watching, folder: Path, tmp_path: Path) -> None:
    first = watching.screen()
    assert "db.service:5:6: error[UL104]" in first
    assert "2 files checked; 1 finding in all." in first

    put(folder / "web.service", GOOD + "Restart=on-fail\n")
    second = watching.screen()
    assert "web.service:5:9: error[UL103]" in second
    assert "db.service" not in second
    assert "1 file checked; 2 findings in all." in second

    (tmp_path / "drop-ins").mkdir()
    (tmp_path / "drop-ins" / "10.conf").write_text("[Service]\nMemoryHigh=2G\n")
    (tmp_path / "drop-ins").rename(folder / "web.service.d")
    third = watching.screen()
    assert "web.service.d/10.conf:2:12: warning[UL303]" in third
    assert "web.service:5:9: error[UL103]" in third, "the rest of the unit belongs to it"

    put(folder / "unitlint.toml", "profil = 'strict'\n")
    assert "unknown setting `profil`" in watching.screen()
    put(folder / "unitlint.toml", "ignore = ['ALL']\n")
    assert "0 findings in all." in watching.screen()

    assert watching.end() == 0


def test_the_screen_of_a_terminal_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text(GOOD)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "unitlint", "check", "--watch", "--color", "never"]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with (
        child(command, cwd=tmp_path, env=buffered, stdout=theirs, stderr=theirs) as process,
        open(ours, "rb", 0) as screen,
    ):
        os.close(theirs)
        shown = b""
        while b"Ctrl-C ends" not in shown:
            shown += screen.read(4096)  # raises OSError when the process has ended
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    assert shown.startswith(b"\x1b[H\x1b[2J\x1b[3J")


@pytest.mark.parametrize("other", ["--fix", "--diff", "--add-ignore", "--write-baseline=x.json", "-"])
def test_what_it_does_not_go_with(other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnitlintError, match="does not go with"):
        main(["check", "--watch", other])


def test_a_path_that_is_not_there_is_a_mistake_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnitlintError, match="no such file or directory"):
        main(["check", "--watch", str(tmp_path / "nowhere")])


def finding(path: str, message: str, unit: str | None = None) -> Finding:
    return Finding("UL101", "x", "error", "high", None, message, path, 1, 1, 1, 2, unit, None, None, (), False, "")


def test_a_change_shows_what_it_does_to_other_units() -> None:
    before = Files({"a.slice": (1, 1, 1), "b.service": (1, 1, 1)}, {"a.slice": "a.slice", "b.service": "b.service"})
    after = Files({**before.stamps, "a.slice": (2, 1, 1)}, before.units)
    changed = changed_paths(before, after)
    assert changed == {"a.slice"}
    old, new, own = finding("b.service", "old"), finding("b.service", "new"), finding("a.slice", "own")
    shown = concerned(Report((own, old, new), 2, 2), Report((own, old), 2, 2), changed, before, after)
    assert shown.findings == (own, new)
    assert shown.files == 1


def test_other_settings_concern_everything() -> None:
    before = Files({"x.toml": (1, 1, 1), "b.service": (1, 1, 1)}, {"b.service": "b.service"})
    after = Files({**before.stamps, "x.toml": (2, 1, 1)}, before.units)
    report = Report((finding("b.service", "old"),), 1, 1)
    assert concerned(report, report, changed_paths(before, after), before, after) == report
