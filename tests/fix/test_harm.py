"""A fix that does harm is taken back, the others stay; and what belongs together is fixed in one go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.security.hostile import Run, run, write
from unitlint.base.finding import Edit, Finding, Fix
from unitlint.fix.apply import apply

HARMFUL = {
    "moved.container": "[Unit]\nExecStart=/bin/x\n[Container]\nImage=docker.io/library/x:1\n",
    "forking.service": "[Service]\nExecStart=/bin/x\nType=forking\nPrivatePID=yes\n",
    "home.service": "[Service]\nExecStart=/bin/x\nDynamicUsr=yes\nWorkingDirectory=~\n",
    "oneshot.service": "[Service]\nExecStart=/bin/x\nTipe=oneshot\nRestart=always\n",
}


def fix(folder: Path, *words: str) -> Run:
    return run("check", "--fix", "--isolated", *words, cwd=folder, log=folder.parent / "audit")


@pytest.mark.parametrize("name", HARMFUL)
@pytest.mark.parametrize("words", [(), ("--select", "UL101,UL102,UL103"), ("--unsafe-fixes",)], ids=" ".join)
def test_a_fix_after_which_systemd_refuses_the_unit_is_taken_back(
    tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    folder = write(tmp_path / "units", {name: HARMFUL[name]})
    found = fix(folder, *words)
    assert (folder / name).read_text() == HARMFUL[name]
    assert "stays: its fix brings a refusal or another error" in found.err
    assert "[*]" not in found.out


def test_the_other_fixes_of_the_file_and_of_other_files_stay(tmp_path: Path) -> None:
    unit = "[Service]\nExecStart=/bin/x\nDynamicUsr=yes\nWorkingDirectory=~\nRestrt=no\n"
    other = "[Service]\nExecStart=/bin/x\nDynamicUsr=yes\n"
    folder = write(tmp_path / "units", {"a.service": unit, "b.service": other})
    found = fix(folder)
    assert (folder / "a.service").read_text() == unit.replace("Restrt", "Restart")
    assert "DynamicUser=yes" in (folder / "b.service").read_text()
    assert "Fixed 2 findings in 2 files." in found.err


def test_a_fix_that_does_harm_alone_is_tried_again_after_the_others(tmp_path: Path) -> None:
    """The image alone would make of the file a service that systemd refuses because of its last line."""
    text = "[Container]\nimage=quay.io/acme/web:1\nPIDFile=\\x41\n[Unit]\nExecStart=/usr/bin/web --port 80\n"
    folder = write(tmp_path / "units", {"a.container": text})
    fix(folder)
    fixed = (folder / "a.container").read_text()
    assert "\nImage=quay.io/acme/web:1\n" in fixed
    fix(folder)
    assert (folder / "a.container").read_text() == fixed


def test_a_drop_in_that_would_break_its_unit_is_not_fixed(tmp_path: Path) -> None:
    files = {"a.service": "[Service]\nExecStart=/bin/x\nWorkingDirectory=~\n",
             "a.service.d/x.conf": "[Service]\nDynamicUsr=yes\n"}  # fmt: skip
    folder = write(tmp_path / "units", files)
    fix(folder)
    assert (folder / "a.service.d/x.conf").read_text() == files["a.service.d/x.conf"]


def test_the_line_of_a_quadlet_is_not_reset_above_its_header(tmp_path: Path) -> None:
    text = "[Container]\nImage=docker.io/library/x:1\n[Service]\nExecStart=/bin/x\n"
    folder = write(tmp_path / "units", {"a.container": text})
    assert "UL901" not in fix(folder, "--unsafe-fixes").out
    assert (folder / "a.container").read_text() == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("section", ["", "[Service]\nExecStart=/bin/x\n"])
def test_many_lines_are_moved_in_one_round(tmp_path: Path, end: str, section: str) -> None:
    lines = ["Restart=no", "Nice=5", "User=web", "UMask=0077", "PrivateTmp=yes", "OOMScoreAdjust=1", "Group=web",
             "LogsDirectory=x", "RestartSec=1", "TimeoutStartSec=5", "TimeoutStopSec=5", "ProtectHome=yes"]  # fmt: skip
    text = "[Unit]\nDescription=x\n" + "\n".join(lines) + "\n" + section
    folder = tmp_path / "units"
    folder.mkdir()
    (folder / "a.service").write_bytes(text.replace("\n", end).encode())
    fix(folder, "--select", "UL102", "--unsafe-fixes")
    after = (folder / "a.service").read_bytes().decode()
    assert after.count("[Service]") == 1
    head, _, tail = after.replace(end, "\n").partition("[Service]\n")
    assert head.strip() == "[Unit]\nDescription=x"
    assert tail.removeprefix("ExecStart=/bin/x\n").splitlines() == lines
    assert after.count("\n") == after.count(end)


def test_one_file_through_two_paths_is_fixed_once(tmp_path: Path) -> None:
    files = {"a.service": "[Service]\nExecStart=/bin/x\n", "b.service": "[Service]\nExecStart=/bin/x\n",
             "a.service.d/x.conf": "[Service]\nRestrt=no\n", "b.service.d": "-> a.service.d"}  # fmt: skip
    folder = write(tmp_path / "units", files)
    found = fix(folder)
    assert "Fixed 1 finding in 1 file." in found.err
    assert "left as it is" not in found.err
    assert found.status == 0
    assert (folder / "a.service.d/x.conf").read_text() == "[Service]\nRestart=no\n"


def test_a_run_that_was_killed_leaves_nothing_for_long(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "units", {"a.service": "[Service]\nExecStart=/bin/x\n", ".unitlint-0123456789abcdef.tmp": "half"}
    )
    run("check", cwd=folder, log=tmp_path / "audit")
    assert len(os.listdir(folder)) == 2
    fix(folder)
    assert os.listdir(folder) == ["a.service"]


def _finding(*edits: Edit, says: str = "move it to [Service]") -> Finding:
    return Finding("UL102", "x", "warning", "high", None, "", "a", 1, 1, 1, 1, None, None, None, (), True, "", "",
                   Fix(edits, True, says))  # fmt: skip


def test_texts_of_different_fixes_at_one_place_still_wait() -> None:
    first = _finding(Edit(0, "a", ""), Edit(4, "", "a"))
    other = _finding(Edit(1, "b", ""), Edit(4, "", "b"), says="move it to [Install]")
    assert apply("abcd", [first, other]).text == "bcda"
    alike = _finding(Edit(1, "b", ""), Edit(4, "", "b"))
    assert apply("abcd", [first, alike]).text == "cdab"
